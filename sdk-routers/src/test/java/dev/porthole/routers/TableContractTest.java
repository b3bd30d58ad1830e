package dev.porthole.routers;

import dev.porthole.Credentials;
import dev.porthole.routers.pages.Entry;
import dev.porthole.routers.pages.ListPages;
import dev.porthole.routers.pages.PageServer;
import dev.porthole.routers.pages.PageServer.Fault;
import dev.porthole.routers.pages.Pages;
import dev.porthole.routers.pages.SlotPages;
import dev.porthole.routers.pages.Tongue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Nested;

/** The contract, on pages of different kinds. */
class TableContractTest {
    @Nested
    class Slots extends RouterContract {
        @Override
        RouterUnderTest start() throws Exception {
            return new TableUnderTest(new SlotPages(
                    Tongue.ENGLISH,
                    10,
                    "name# ext# - int# ip# pro# enable#",
                    SlotPages.With.SCRIPTED_SAVE,
                    SlotPages.With.ZEROS));
        }
    }

    @Nested
    class ListWithTokensAndEntryPage extends RouterContract {
        @Override
        RouterUnderTest start() throws Exception {
            return new TableUnderTest(new ListPages(
                    Tongue.GERMAN, ListPages.With.DELETE_BUTTON, ListPages.With.ENTRY_PAGE, ListPages.With.TOKEN));
        }
    }

    @Nested
    class RadioButtons extends RouterContract {
        @Override
        RouterUnderTest start() throws Exception {
            return new TableUnderTest(
                    new ListPages(Tongue.CHINESE, ListPages.With.DELETE_RADIO, ListPages.With.ENABLED));
        }
    }

    /** A simulated router behind a login form. */
    private static final class TableUnderTest implements RouterUnderTest {
        private final PageServer server;

        TableUnderTest(Pages pages) throws IOException {
            server = new PageServer(pages, PageServer.Guard.FORM, StandardCharsets.UTF_8);
        }

        @Override
        public WebRouter.Builder connect(Credentials account) {
            return WebRouter.builder(server.uri(), TableRouter.any())
                    .credentials(account)
                    .pace(Duration.ZERO);
        }

        @Override
        public Credentials account() {
            return PageServer.ACCOUNT;
        }

        private List<String> rules(Predicate<Entry> which) {
            return server.rules().stream().filter(which).map(Entry::toString).toList();
        }

        @Override
        public List<String> foreign() {
            return rules(rule -> !rule.ours());
        }

        @Override
        public List<String> ours() {
            return rules(Entry::ours);
        }

        @Override
        public int foreignPort() {
            return 8000;
        }

        @Override
        public int logins() {
            return server.logins();
        }

        @Override
        public int sessions() {
            return server.sessions();
        }

        @Override
        public void trouble(int request, Trouble trouble) {
            server.fault(request, Fault.valueOf(trouble.name()));
        }

        @Override
        public int requests() {
            return server.requests();
        }

        @Override
        public void lock(Duration time) {
            server.lock("Too many failed attempts. Try again in " + time.toMinutes() + " minutes.");
        }

        @Override
        public void puzzle(int status) {
            server.puzzle(status);
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
