"""Every sentence for people, in Indonesian and English, derived from codes and facts."""
