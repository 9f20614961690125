"""`python -m api.document`: the OpenAPI document, as docs/openapi.json holds it."""

from api.app import create_app
from api.openapi import printed

if __name__ == "__main__":
    print(printed(create_app(bytes(32)).openapi()), end="")
