"""Reads or writes one object of an object store, through fsspec, in an environment of Reprise's own.

The first line of standard input is JSON: {"do": "read" | "write" | "check", "address": "..."}. The address comes that way
because arguments can be seen by everybody on the machine.

read    the object's bytes on standard output
write   the rest of standard input is the object; one that is there is replaced as a whole, or not at all
check   whether there is somewhere to write to: whoever answers, and the bucket, are there

Where it fails, the exit code is 1, and the last line of standard error is JSON: the names of the exceptions' classes, the
store's own codes, and the messages.
"""

import json
import os
import sys


def filesystem(address):
    import fsspec

    scheme = address.partition("://")[0]
    options = {}
    if scheme == "s3":
        # papermill's name for it; botocore itself reads AWS_ENDPOINT_URL.
        endpoint = os.environ.get("BOTO3_ENDPOINT_URL")
        if endpoint:
            options["endpoint_url"] = endpoint
    if scheme in ("az", "abfs"):
        # Without a key the account's own identity is asked, as the azure tools do; anonymous only where it is said.
        options["anon"] = os.environ.get("AZURE_STORAGE_ANON", "false").lower() in ("1", "true", "t")
    return fsspec.core.url_to_fs(address, use_listings_cache=False, skip_instance_cache=True, **options)


def check(store, path):
    """A missing object is no failure. No right to look is none either: there may be one to write."""
    bucket = path.partition("/")[0]
    try:
        store.info(path)
    except FileNotFoundError:
        # huggingface_hub tells a missing repository itself.
        if store.protocol not in ("hf", ("hf",)) and not store.exists(bucket):
            raise FileNotFoundError("bucket " + bucket) from None
    except PermissionError as error:
        if not is_refused(error):
            raise


def is_refused(error):
    """A store that knows who asks, and says no."""
    return any(code in ("403", "AccessDenied", "Forbidden") for code in describe(error)["codes"])


def chain(error):
    seen = []
    while error is not None and error not in seen and len(seen) < 8:
        seen.append(error)
        error = error.__cause__ or error.__context__
    return seen


def describe(error):
    codes = []
    for each in chain(error):
        response = getattr(each, "response", None)
        if isinstance(response, dict):
            codes.append(response.get("Error", {}).get("Code"))
            codes.append(response.get("ResponseMetadata", {}).get("HTTPStatusCode"))
        codes += [getattr(each, name, None) for name in ("error_code", "code", "status", "status_code", "errno")]
        codes.append(getattr(response, "status_code", None))
    types = [kind.__name__ for each in chain(error) for kind in type(each).__mro__]
    return {
        "types": list(dict.fromkeys(types)),
        "codes": list(dict.fromkeys(str(code) for code in codes if isinstance(code, (int, str)) and code != "")),
        "message": " / ".join(dict.fromkeys(str(each) for each in chain(error) if str(each)))[:2000],
    }


def main():
    request = json.loads(sys.stdin.buffer.readline())
    address = request["address"]
    try:
        store, path = filesystem(address)
        if request["do"] == "read":
            data = store.cat_file(path)
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()
        elif request["do"] == "write":
            data = sys.stdin.buffer.read()
            store.pipe_file(path, data)
        else:
            check(store, path)
    except Exception as error:
        print("\n" + json.dumps(describe(error)), file=sys.stderr)
        sys.stderr.flush()
        # The clients' event loops may wait for connections that nobody needs any more.
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    main()
