package dev.porthole.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class MappingTagProperties {
    @Property
    void a_tag_is_ours_short_plain_and_repeatable(@ForAll String camera, @ForAll String service) {
        String tag = MappingTag.of(camera, service);
        assertThat(MappingTag.isOurs(tag)).isTrue();
        assertThat(tag).hasSizeLessThanOrEqualTo(MappingTag.MAX_LENGTH).matches("[a-z0-9.:-]+");
        assertThat(MappingTag.of(camera, service)).isEqualTo(tag);
    }

    @Example
    void names_that_differ_only_at_their_end_or_in_their_signs_stay_apart() {
        assertThat(MappingTag.of("warehouse-north-gate-camera-1", "rtsp"))
                .isNotEqualTo(MappingTag.of("warehouse-north-gate-camera-2", "rtsp"));
        assertThat(MappingTag.of("Tor 1", "rtsp")).isNotEqualTo(MappingTag.of("Tor-1", "rtsp"));
        assertThat(MappingTag.of("カメラ一", "rtsp")).isNotEqualTo(MappingTag.of("カメラ二", "rtsp"));
    }

    @Example
    void an_address_and_a_plain_name_stand_readable_in_the_tag() {
        assertThat(MappingTag.of("front-door", "rtsp")).isEqualTo("porthole:front-door:rtsp");
        assertThat(MappingTag.of("192.168.69.110", "http")).isEqualTo("porthole:192.168.69.110:http");
    }

    @Example
    void foreign_descriptions_are_not_ours() {
        for (String foreign : new String[] {"", "porthole", "portholes:x", "My porthole:x", "Skype", "libminiupnpc"}) {
            assertThat(MappingTag.isOurs(foreign)).as(foreign).isFalse();
        }
    }

    @Example
    void changed_separators_and_case_are_still_ours() {
        for (String changed : new String[] {"porthole-door-rtsp", "PORTHOLE:door:rtsp", " porthole_door"}) {
            assertThat(MappingTag.isOurs(changed)).as(changed).isTrue();
        }
    }
}
