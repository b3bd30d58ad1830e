package dev.porthole.routers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.porthole.routers.RouterProfile.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RouterProfileTest {
    private static RouterProfile read(String yaml) throws IOException {
        return RouterProfile.read("my.yaml", new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
    }

    private static RouterProfile ddwrt() {
        return RouterProfile.shipped().stream()
                .filter(profile -> profile.id().equals("ddwrt"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void the_shipped_profiles_are_those_in_the_folder_sorted_and_named_as_their_files() throws Exception {
        URL index = Objects.requireNonNull(RouterProfile.class.getResource("profiles/index"));
        try (Stream<Path> files = Files.list(Path.of(index.toURI()).getParent())) {
            List<String> ids = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .map(name -> name.substring(0, name.length() - 5))
                    .sorted()
                    .toList();
            assertThat(RouterProfile.shipped()).extracting(RouterProfile::id).isEqualTo(ids);
        }
    }

    @Test
    void a_broken_profile_is_named_and_the_others_are_there() {
        List<String> told = new ArrayList<>();
        Map<String, String> files = Map.of("ddwrt.yaml", ddwrt().yaml(), "broken.yaml", "id: broken\nauth: [");
        UnaryOperator<String> resource =
                name -> Optional.ofNullable(files.get(name)).orElseThrow();
        List<RouterProfile> read = RouterProfile.readAll(List.of("missing", "broken", "ddwrt"), resource, told::add);
        assertThat(read).extracting(RouterProfile::id).containsExactly("ddwrt");
        assertThat(told).hasSize(2);
        assertThat(told.get(0)).contains("missing.yaml");
        assertThat(told.get(1)).contains("broken.yaml:2:");
    }

    @Test
    void shipped_profiles_are_brands_that_say_how_they_were_verified() {
        for (RouterProfile profile : RouterProfile.shipped()) {
            assertThat(RouterBrand.byId(profile.id())).containsSame(profile);
            assertThat(profile.driver().fingerprints()).isNotEmpty();
            assertThat(profile.verification()).contains(": ");
            assertThat(profile.status()).isNotEqualTo(Status.REAL);
        }
        assertThat(RouterBrand.ids()).contains("milesight", "openwrt", "ddwrt", "table");
    }

    @Test
    void a_profile_of_ones_own_is_a_brand_like_any_other() throws IOException {
        RouterProfile own = read(ddwrt().yaml().replace("id: ddwrt", "id: my-router"));
        assertThat(own.id()).isEqualTo("my-router");
        assertThat(own.name()).isEqualTo("DD-WRT");
    }

    @Test
    void a_broken_profile_tells_every_problem_with_its_place() {
        String yaml = ddwrt().yaml().replace("  grow:", "  grwo:").replace("${base}", "${bse}");
        InvalidProfileException invalid = catchThrowableOfType(InvalidProfileException.class, () -> read(yaml));
        assertThat(invalid.problems()).hasSize(2).allMatch(problem -> problem.matches("my\\.yaml:[0-9]+:[0-9]+: .+"));
        assertThat(invalid).hasMessageContaining("did you mean 'grow'?").hasMessageContaining("did you mean 'base'?");
    }

    @Test
    void bytes_that_are_not_text_are_told_as_such() {
        InvalidProfileException invalid = catchThrowableOfType(
                InvalidProfileException.class,
                () -> RouterProfile.read("my.yaml", new ByteArrayInputStream(new byte[] {'i', (byte) 0xFF})));
        assertThat(invalid.problems()).containsExactly("my.yaml:1:1: this is not UTF-8");
    }
}
