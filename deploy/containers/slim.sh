#!/bin/sh
# Takes out of /opt/orderlink what no service runs: installers, their shells' helpers, and packages'
# translations and tables that nobody here asks (the countries' names come from Babel).
set -eu
/opt/orderlink/bin/pip uninstall -q -y uv pip
cd /opt/orderlink/lib/python3*/site-packages
rm -rf pycountry/locales phonenumbers/geodata phonenumbers/carrierdata phonenumbers/tzdata
find . -type d \( -name tests -o -name test \) -prune -exec rm -rf {} +
find . -name '*.pyi' -delete
