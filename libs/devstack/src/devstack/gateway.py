"""The gateway of `make run`: its template filled in, its static files gathered."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from devstack.environment import Stack, way_to
from devstack.places import ROOT
from devstack.servers.nginx import Nginx
from devstack.servers.ports import LOOPBACK
from devstack.services import SERVICES

FILES = ROOT / "gateway"
VARIABLE = re.compile(r"\$\{([A-Z_]+)\}")


def gateway(stack: Stack) -> Nginx:
    """Return the server, its configuration rendered."""
    template = (FILES / "nginx.conf.template").read_text()
    return Nginx(
        configuration=render(template, variables(stack)),
        folder=stack.places.run / "gateway",
        port=stack.addresses.gateway,
    )


def render(template: str, values: Mapping[str, str]) -> str:
    """Return the text with each ${NAME} replaced, as envsubst does. KeyError for one unknown."""
    return VARIABLE.sub(lambda match: values[match.group(1)], template)


def variables(stack: Stack) -> dict[str, str]:
    """Return what the template asks for."""
    places, addresses = stack.places, stack.addresses
    return {
        "GATEWAY_LISTEN": f"{LOOPBACK}:{addresses.gateway}",
        "GATEWAY_WORKERS": "1",
        "GATEWAY_RESOLVER": "",
        "GATEWAY_RESOLVE": "",
        "GATEWAY_RUN": str(places.run / "gateway"),
        "GATEWAY_FILES": str(FILES),
        "GATEWAY_ACCESS_LOG": "/dev/stdout",
        "STATIC_ROOT": str(places.static),
        "STATIC_VERSIONS": "\n".join(static_versions(places.static)),
        "MEDIA_ROOT": str(places.media),
        "PUBLIC_SCHEME": urlsplit(addresses.public_url).scheme,
        **{
            f"{name.upper()}_UPSTREAM": f"{LOOPBACK}:{way_to(stack, name, by='gateway')}"
            for name in SERVICES
        },
    }


def static_versions(folder: Path) -> Iterator[str]:
    """Give a line per static file: under the version it has now, it may be kept for ever."""
    for package in sorted(folder.iterdir()):
        for file in sorted(each for each in package.rglob("*") if each.is_file()):
            path = f"/static/{package.name}/{file.relative_to(package)}"
            version = hashlib.sha256(file.read_bytes()).hexdigest()[:12]
            yield f'"{path}:{version}" "public, max-age=31536000, immutable";'


def gather_static(stack: Stack) -> None:
    """Point `static/<package>` at each package's own folder, so that an edit shows at once."""
    folders = {
        "gateway": FILES / "static",
        "common": ROOT / "libs" / "common" / "src" / "common" / "static",
        **{name: ROOT / "services" / name / "src" / name / "static" for name in SERVICES},
    }
    for name, folder in folders.items():
        point(stack.places.static / name, folder)


def point(link: Path, folder: Path) -> None:
    """Make or move the symbolic link."""
    if link.is_symlink():
        link.unlink()
    if folder.is_dir():
        link.symlink_to(folder)
