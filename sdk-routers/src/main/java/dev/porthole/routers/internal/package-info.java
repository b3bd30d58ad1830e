/**
 * What every router's web administration has in common: the transport, the account, and the nine rules by which tables of
 * port forwardings are changed. Entry type: {@link dev.porthole.routers.internal.WebRouterProvider}; a brand is a {@link
 * dev.porthole.routers.internal.RouterDriver}.
 */
@NullMarked
package dev.porthole.routers.internal;

import org.jspecify.annotations.NullMarked;
