"""Examples of the OpenAPI document; a test sends them."""
