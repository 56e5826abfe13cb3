"""Which network addresses are anybody's and which are this machine's, this network's or nobody's.

A name is no help here: whoever owns one may point it anywhere, and elsewhere a moment later. So what counts
is the address that is connected to.
"""

import ipaddress
from collections.abc import Iterator

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""RFC 6052: the last 32 bits are an address of IPv4, to which a gateway carries on."""
_NAT64_LOCAL = ipaddress.IPv6Network("64:ff9b:1::/48")
"""RFC 8215: the same within one network, where nobody outside knows which bits are the address."""


def is_public(address: str) -> bool:
    """Whether an address is one of the open Internet, also where it carries another within it.

    >>> is_public("93.184.216.34"), is_public("127.0.0.1"), is_public("169.254.169.254")
    (True, False, False)
    >>> is_public("::ffff:10.0.0.1"), is_public("64:ff9b::7f00:1"), is_public("fe80::1%eth0")
    (False, False, False)
    """
    parsed = ipaddress.ip_address(address.partition("%")[0])
    return all(_is_public(each) for each in _with_carried(parsed))


def _with_carried(address: _Address) -> Iterator[_Address]:
    """The address, and those of IPv4 that a gateway or the machine itself would make of it."""
    yield address
    if isinstance(address, ipaddress.IPv4Address):
        return
    if address.ipv4_mapped is not None:
        yield address.ipv4_mapped
    if address.sixtofour is not None:
        yield address.sixtofour
    if address.teredo is not None:
        yield from address.teredo
    if address in _NAT64:
        yield ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)


def _is_public(address: _Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address):
        # These are judged by what they carry alone.
        if address.ipv4_mapped is not None or address in _NAT64:
            return True
        if address in _NAT64_LOCAL or address.is_site_local:
            return False
    return address.is_global and not (address.is_multicast or address.is_unspecified or address.is_reserved)
