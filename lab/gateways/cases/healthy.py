"""Gateways without a fault: if one of these fails, so does everything."""

from gateways.case import case, published


@case("an IGD 1 with WANIPConnection:1", published())
def healthy_igd1(gateway):
    pass
