package dev.porthole.routers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.Camera;
import dev.porthole.CameraBrand;
import dev.porthole.SourcePolicy;
import dev.porthole.mapping.IpLiteral;
import dev.porthole.plan.PlanRequest;
import dev.porthole.plan.PortPlan;
import dev.porthole.plan.PortPlanner;
import dev.porthole.plan.PortPolicy;
import dev.porthole.reach.Target.Scheme;
import dev.porthole.routers.RouterInstructions.Field;
import dev.porthole.routers.RouterInstructions.Step;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RouterGuidesTest {
    private static final Camera CAMERA = Camera.at("192.168.69.110")
            .name("front-door")
            .brand(CameraBrand.MILESIGHT)
            .policy(Scheme.HTTP, PortPolicy.manual(8888))
            .policy(Scheme.RTSP, PortPolicy.manual(8889))
            .build();

    /** Names of brands that no driver has. */
    private static final Set<String> SPOKEN = Set.of(
            "archer",
            "asus",
            "avm",
            "d-link",
            "dd-wrt",
            "edgerouter",
            "freshtomato",
            "hilink",
            "huawei",
            "luci",
            "merlin",
            "routeros",
            "rutos",
            "tp-link",
            "zxhn");

    @TempDir
    Path directory;

    static Stream<String> brands() {
        return RouterGuides.builtIn().all().stream().map(RouterGuide::id);
    }

    private static List<ForwardedPort> ports() {
        PortPlan plan = new PortPlanner()
                .plan(PlanRequest.of(
                        CAMERA.services().stream().map(CAMERA::planItem).toList()));
        return ForwardedPort.of(List.of(CAMERA), plan);
    }

    private static RouterInstructions.Builder instructions(String brand) {
        return RouterGuides.builtIn().byId(brand).orElseThrow().instructions(ports());
    }

    @ParameterizedTest
    @MethodSource("brands")
    void every_brands_instructions_hold_all_values_of_the_camera_and_no_placeholder(String brand) {
        RouterInstructions whole = instructions(brand)
                .router(URI.create("https://192.168.45.143/"))
                .gateway(IpLiteral.parse("192.168.69.1").orElseThrow())
                .externalAddress(IpLiteral.parse("203.0.113.7").orElseThrow())
                .build();
        for (String shown : List.of(whole.text(), whole.markdown())) {
            assertThat(shown)
                    .contains("front-door", "192.168.69.110", "192.168.69.1", "https://192.168.45.143/")
                    .contains("http://203.0.113.7:8888/", "rtsp://203.0.113.7:8889/main")
                    .doesNotContainPattern("\\{[a-z-]+}")
                    .doesNotContain("ROUTERS-EXTERNAL-ADDRESS");
            assertThat(shown.toUpperCase(Locale.ROOT)).contains("TCP");
        }
        boolean translates =
                RouterGuides.builtIn().byId(brand).orElseThrow().guide().translates();
        assertThat(rules(whole))
                .satisfiesExactly(
                        http -> values(http, "8888", translates ? "80" : "8888"),
                        rtsp -> values(rtsp, "8889", translates ? "554" : "8889"));
        assertThat(whole.text().lines()).allMatch(line -> line.equals(line.stripTrailing()));
    }

    private static List<Step> rules(RouterInstructions instructions) {
        return instructions.sections().stream()
                .flatMap(section -> section.steps().stream())
                .filter(step -> !step.fields().isEmpty())
                .toList();
    }

    private static void values(Step rule, String external, String internal) {
        assertThat(rule.fields()).extracting(Field::value).contains(external, internal);
        String all = rule.text() + rule.fields();
        assertThat(all).contains("192.168.69.110", "front-door");
    }

    @ParameterizedTest
    @MethodSource("brands")
    void a_restricted_source_is_filled_in_or_said_to_be_impossible(String brand) {
        String text = instructions(brand)
                .source(SourcePolicy.only("198.51.100.0/24"))
                .build()
                .text();
        assertThat(text).contains("198.51.100.0/24").doesNotContain("let in anyone. Where");
    }

    @ParameterizedTest
    @MethodSource("brands")
    void what_nobody_here_tried_is_said_to_be_so(String brand) {
        assertThat(instructions(brand).build().notice()).contains("nobody of this project has tried them");
        boolean vendor = RouterGuides.builtIn().byId(brand).orElseThrow().fromVendor();
        assertThat(instructions(brand).build().notice().startsWith("UNVERIFIED"))
                .isEqualTo(!vendor);
    }

    @Test
    void every_driver_has_one_guide_and_it_is_of_the_same_page() {
        for (RouterBrand brand : RouterBrand.all()) {
            assertThat(RouterGuides.builtIn().all())
                    .as(brand.id())
                    .filteredOn(guide -> guide.guide().is(brand.id()))
                    .singleElement()
                    .satisfies(guide -> assertThat(guide.guide().translates())
                            .isEqualTo(brand.driver().capabilities().translation()));
        }
    }

    @Test
    void a_guide_covers_drivers_that_are_there_and_names_that_people_say() {
        Set<String> drivers = RouterBrand.all().stream().map(RouterBrand::id).collect(Collectors.toSet());
        List<RouterGuide> guides = RouterGuides.builtIn().all();
        for (RouterGuide guide : guides) {
            for (String name : guide.guide().covers()) {
                assertThat(drivers.contains(name) || SPOKEN.contains(name))
                        .as("%s of %s", name, guide.id())
                        .isTrue();
                assertThat(guides).filteredOn(other -> other.guide().is(name)).containsExactly(guide);
            }
        }
    }

    @Test
    void a_wrt54g_has_start_and_end_and_no_internal_port() {
        RouterInstructions steps = instructions("linksys").build();
        assertThat(rules(steps).get(0).fields())
                .containsExactly(
                        new Field("Application", "front-door-http"),
                        new Field("Start", "8888"),
                        new Field("End", "8888"),
                        new Field("Protocol", "TCP"),
                        new Field("IP Address (its last number only)", "192.168.69.110"),
                        new Field("Enable", "yes"));
        assertThat(steps.text()).contains("Port Range Forward", "set its http port to 8888");
    }

    @Test
    void the_milesight_guide_is_followed_field_by_field() {
        RouterInstructions instructions = instructions("milesight").build();
        assertThat(rules(instructions).get(0).text()).contains("Network > Firewall > Port Mapping", "Add Rule");
        assertThat(rules(instructions).get(0).fields())
                .containsExactly(
                        new Field("Source IP", "0.0.0.0/0"),
                        new Field("Source Port", "8888"),
                        new Field("Destination IP", "192.168.69.110"),
                        new Field("Destination Port", "80"),
                        new Field("Protocol", "TCP"));
        assertThat(rules(instructions).get(1).fields())
                .contains(new Field("Source Port", "8889"), new Field("Destination Port", "554"));
        assertThat(instructions.text()).contains("Network > Firewall > Security", "Press Save");
    }

    @Test
    void a_table_without_an_internal_port_asks_for_the_cameras_port_to_be_changed() throws IOException {
        Files.writeString(directory.resolve("oldbox.txt"), """
                name: Old Box
                firmware: 1.0
                status: public
                translates: no
                rule: Row for {camera} {service}
                    = Port: {external}
                    = IP: {address}
                    = Inside: {internal}
                """);
        RouterInstructions instructions = RouterGuides.builtIn()
                .overlaid(directory)
                .byId("oldbox")
                .orElseThrow()
                .instructions(ports())
                .build();
        assertThat(instructions.text()).contains("set its http port to 8888");
        assertThat(rules(instructions).get(0).fields()).contains(new Field("Inside", "8888"));
    }

    @Test
    void a_translation_replaces_guides_and_common_words() throws IOException {
        Files.writeString(directory.resolve("milesight.txt"), """
                name: ein Router von Milesight
                firmware: UR
                status: vendor
                rule: Regel für {camera} {service}
                    = Quellport: {external}
                    = Ziel: {address}:{internal}
                """);
        Files.writeString(directory.resolve("common.txt"), "open: Melden Sie sich an: {router}\n");
        RouterGuides german = RouterGuides.builtIn().overlaid(directory);
        String text = german.byId("milesight-eg71").map(RouterGuide::id).orElse("none");
        assertThat(text).isEqualTo("none");
        assertThat(german.byId("milesight")
                        .orElseThrow()
                        .instructions(ports())
                        .build()
                        .text())
                .contains("Regel für front-door http", "Quellport  8888", "Melden Sie sich an");
        assertThat(german.all()).hasSameSizeAs(RouterGuides.builtIn().all());
    }

    @Test
    void a_file_that_is_not_in_the_format_is_refused_with_its_line() throws IOException {
        Files.writeString(
                directory.resolve("broken.txt"), "name: X\nfirmware: Y\nstatus: public\nrule: Z\n    IP {address}\n");
        assertThatThrownBy(() -> RouterGuides.builtIn().overlaid(directory))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("broken.txt:4", "= Label: value");
        Files.writeString(directory.resolve("broken.txt"), "name: X\nfirmware: Y\nstatus: tested\n");
        assertThatThrownBy(() -> RouterGuides.builtIn().overlaid(directory)).hasMessageContaining("broken.txt:3");
    }

    @Test
    void a_placeholder_that_cannot_be_filled_in_is_refused() throws IOException {
        Files.writeString(directory.resolve("broken.txt"), "name: X\nfirmware: Y\nstatus: public\nrule: {addres}\n");
        RouterGuide guide =
                RouterGuides.builtIn().overlaid(directory).byId("broken").orElseThrow();
        assertThatThrownBy(() -> guide.instructions(ports()).build()).hasMessageContaining("{addres}");
    }

    @Test
    void names_that_look_like_placeholders_or_markup_stay_what_they_are() {
        Camera odd = Camera.at("192.168.69.110").name("{router} | <b>*x*").build();
        RouterInstructions instructions = RouterGuides.builtIn()
                .any()
                .instructions(List.of(new ForwardedPort(odd, odd.services().get(0), 8000)))
                .build();
        assertThat(instructions.text()).contains("{router} | <b>*x*");
        assertThat(instructions.markdown()).doesNotContain("<b>").contains("\\|");
    }

    @ParameterizedTest
    @MethodSource("brands")
    void several_sources_are_a_rule_each_where_a_rule_takes_one(String brand) {
        RouterInstructions steps = instructions(brand)
                .source(SourcePolicy.only("198.51.100.0/24", "203.0.113.9"))
                .build();
        List<List<String>> written = rules(steps).stream()
                .map(rule -> Stream.concat(rule.fields().stream().map(Field::value), rule.commands().stream())
                        .toList())
                .toList();
        assertThat(written).allSatisfy(rule -> assertThat(rule).noneMatch(text -> text.contains("24, 203")));
        if (written.get(0).toString().contains("198.51.100.0/24")) {
            assertThat(written).hasSize(4);
            assertThat(written.get(1).toString())
                    .contains("203.0.113.9/32", "8888")
                    .doesNotContain("198.51");
            assertThat(written.get(2).toString()).contains("198.51.100.0/24", "8889");
        }
        if (written.toString().contains("front-door-http-2")) {
            assertThat(written.get(1).toString()).contains("front-door-http-2");
            assertThat(written.get(3).toString()).contains("front-door-rtsp-2");
        }
    }

    @Test
    void names_of_rules_tell_cameras_apart_whatever_they_are_called() {
        List<ForwardedPort> ports = new ArrayList<>();
        Map<String, String> cameras = new LinkedHashMap<>();
        cameras.put("192.168.69.5", "前门");
        cameras.put("192.168.69.6", "后门");
        cameras.put("192.168.70.6", "侧门");
        cameras.put("2001:db8::1:5", "门");
        cameras.put("2001:db8::2:5", "门");
        cameras.put("192.168.69.7", "Entrance of the warehouse 1");
        cameras.put("192.168.69.8", "Entrance of the warehouse 2");
        cameras.put("192.168.69.9", "Tür");
        cameras.put("192.168.69.10", "Tor");
        cameras.forEach((address, name) -> {
            Camera camera = Camera.at(address).name(name).build();
            ports.add(new ForwardedPort(camera, camera.services().get(0), 8000 + ports.size()));
        });
        List<String> names =
                rules(RouterGuides.builtIn()
                                .byId("openwrt")
                                .orElseThrow()
                                .instructions(ports)
                                .build())
                        .stream()
                        .map(rule -> rule.fields().get(0).value())
                        .toList();
        assertThat(names)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[A-Za-z0-9][A-Za-z0-9-]{0,23}"))
                .startsWith("camera-5-http", "camera-6-http", "camera-6-2-http")
                .contains("T-r-http", "Tor-http");
    }

    @Test
    void two_services_cannot_have_one_external_port() {
        List<ForwardedPort> twice = CAMERA.services().stream()
                .map(s -> new ForwardedPort(CAMERA, s, 8888))
                .toList();
        RouterGuide any = RouterGuides.builtIn().any();
        assertThatThrownBy(() -> any.instructions(twice)).hasMessageContaining("8888");
        assertThatThrownBy(() -> any.instructions(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void every_guide_that_the_module_holds_is_listed() throws IOException {
        Path guides = Path.of("src/main/resources/dev/porthole/routers/guides");
        try (Stream<Path> files = Files.list(guides)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".txt", ""))
                            .filter(name ->
                                    !List.of("index", "common", "format").contains(name)))
                    .containsExactlyInAnyOrderElementsOf(brands().toList());
        }
        assertThat(List.of(Milesight.router(), Milesight.eg71(), TableRouter.any()))
                .allMatch(brand -> RouterGuides.builtIn().byId(brand.id()).isPresent());
    }
}
