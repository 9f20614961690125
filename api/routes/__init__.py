"""The routes: layoff reports, evidence, officers, status, questions, estimates."""
