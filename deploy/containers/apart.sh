#!/bin/sh
# Lays packages apart that few services import, into /opt/extras/SERVICE of those that do: all images
# share the layer of the rest. tests/unit/test_images.py holds these lines against the code.
set -eu
cd /opt/orderlink/lib/python3*/site-packages

apart() { # package, services
    package=$1
    shift
    for service; do cp -al "$package" "/opt/extras/$service/"; done
    rm -r "$package"
}

for service in identity catalog links checkout notifications; do mkdir -p "/opt/extras/$service"; done
apart typst catalog checkout
apart stripe checkout
