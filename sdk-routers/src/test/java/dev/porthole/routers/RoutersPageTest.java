package dev.porthole.routers;

import dev.porthole.Credentials;
import dev.porthole.Secret;
import dev.porthole.routers.profiles.FakeAcme;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The page docs/ROUTERS.md shows a whole profile: it keeps the contract. */
class RoutersPageTest extends RouterContract {
    private static final String PASSWORD = "s3cret&/+ %\"x";

    private static RouterProfile example() throws IOException {
        String page = Files.readString(Path.of("../docs/ROUTERS.md"));
        int start = page.indexOf("```yaml\n") + "```yaml\n".length();
        String yaml = page.substring(start, page.indexOf("```", start));
        return RouterProfile.read("acme.yaml", new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    RouterUnderTest start() throws Exception {
        FakeAcme router = new FakeAcme(PASSWORD);
        return new ProfileUnderTest(
                router,
                example(),
                new Credentials("admin", Secret.of(PASSWORD)),
                router::rules,
                router::sessions,
                true);
    }
}
