"""Is an answer what the server's own OpenAPI document says of it?

The document is fetched once; each JSON answer of a story is then held against it. Of JSON Schema this reads what the document uses
(api/shape.c writes it) and refuses the rest, so that nothing passes unread.
"""
import re

KNOWN = {"type", "properties", "required", "items", "additionalProperties", "enum", "pattern", "format", "minimum", "maximum", "anyOf", "allOf",
         "$ref", "description"}
IS = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None)}
FORMAT = {"date": r"\d{4}-\d\d-\d\d", "date-time": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)"}


def is_type(value, name):
    if name in ("integer", "number"):
        return isinstance(value, int if name == "integer" else (int, float)) and not isinstance(value, bool)
    return isinstance(value, IS[name])


def literal_first(path):
    return [segment.startswith("{") for segment in path.split("/")]


class Answers:
    def __init__(self, document):
        self.schemas = document["components"]["schemas"]
        self.routes = []
        for path in sorted(document["paths"], key=literal_first):
            pattern = re.sub(r"\\\{[^/]*?\\\}", "[^/]+", re.escape(path))
            self.routes.append((re.compile(pattern), document["paths"][path]))

    def route(self, method, path):
        path = re.sub(r"^/t/[^/]+", "", path.split("?")[0])
        for pattern, operations in self.routes:
            if method.lower() in operations and pattern.fullmatch(path):
                return operations[method.lower()]
        return None

    def wrong(self, method, path, status, kind, answer):
        """What is not as declared, or ""."""
        route = self.route(method, path)
        if not route:
            return ""
        declared = route["responses"].get(str(status))
        if not declared and status < 300 and status != 206:
            return f"{route['operationId']}: the status {status} is not declared"
        if kind == "application/problem+json":
            return self.value({"$ref": "#/components/schemas/Problem"}, answer, "")
        if not declared or kind != "application/json":
            return ""
        content = declared.get("content", {})
        if kind not in content:
            return f"{route['operationId']}: it is JSON, which is not declared"
        why = self.value(content[kind]["schema"], answer, "")
        return why and f"{route['operationId']}: {why}"

    def value(self, schema, value, at):
        unknown = set(schema) - KNOWN
        if unknown:
            return f"{at}: the document uses {unknown}, which this does not read"
        if "$ref" in schema:
            return self.value(self.schemas[schema["$ref"].split("/")[-1]], value, at)
        if "anyOf" in schema:
            reasons = [self.value(one, value, at) for one in schema["anyOf"]]
            return "" if "" in reasons else reasons[0]
        if "allOf" in schema:
            return next((why for why in (self.value(one, value, at) for one in schema["allOf"]) if why), "")
        types = schema.get("type", [])
        types = types if isinstance(types, list) else [types]
        if types and not any(is_type(value, t) for t in types):
            return f"{at}: {value!r} is no {' or '.join(types)}"
        if "enum" in schema and value not in schema["enum"]:
            return f"{at}: {value!r} is none of {schema['enum']}"
        return self.inside(schema, value, at)

    def inside(self, schema, value, at):
        if isinstance(value, dict):
            return self.object(schema, value, at)
        if isinstance(value, list):
            whys = (self.value(schema.get("items", {}), one, f"{at}.{i}") for i, one in enumerate(value))
            return next((why for why in whys if why), "")
        if isinstance(value, str):
            pattern = schema.get("pattern") or FORMAT.get(schema.get("format"))
            return f"{at}: {value!r} is not of the form {pattern}" if pattern and not re.fullmatch(pattern, value) else ""
        if is_type(value, "number"):
            far = value < schema.get("minimum", value) or value > schema.get("maximum", value)
            return f"{at}: {value} is too small or too large" if far else ""
        return ""

    def object(self, schema, value, at):
        of, more = schema.get("properties", {}), schema.get("additionalProperties")
        for name in schema.get("required", []):
            if name not in value:
                return f"{at}.{name}: is missing"
        for name, one in value.items():
            if name not in of and more is None and of:
                return f"{at}.{name}: is not declared"
            why = self.value(of.get(name, more or {}), one, f"{at}.{name}")
            if why:
                return why
        return ""
