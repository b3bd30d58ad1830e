/**
 * Port mapping by the web administration of routers: for those without UPnP, PCP or NAT-PMP. Entry type: {@link
 * dev.porthole.routers.WebRouter}.
 *
 * <pre>{@code
 * WebRouter router = WebRouter.builder(URI.create("https://192.168.45.143"), Milesight.router())
 *         .credentials(new Credentials("admin", Secret.of(password)))
 *         .build();
 * try (Porthole porthole = Porthole.builder().finder(router).build()) {
 *     Publication publication = porthole.publish(camera);
 * }
 * }</pre>
 *
 * <p>What holds for every brand: only rules that carry our tag are changed or removed; every change is read back; a refused
 * login is never repeated; the session is logged out; one request goes out at a time, at the pace that the brand stands.
 */
@NullMarked
package dev.porthole.routers;

import org.jspecify.annotations.NullMarked;
