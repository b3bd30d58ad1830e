/** Gateways and their port mappings: the provider interface that each mapping protocol implements, and its values. Entry type: {@link dev.porthole.mapping.PortMappingProvider}. */
@NullMarked
package dev.porthole.mapping;

import org.jspecify.annotations.NullMarked;
