package dev.porthole.examples;

import dev.porthole.SourcePolicy.Cidr;
import dev.porthole.verify.agent.ProbeAgent;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code porthole agent}. */
@Command(
        name = "agent",
        sortOptions = false,
        abbreviateSynopsis = true,
        header = "Serves as the outside vantage: tries whether those who call can be reached.",
        description = {
            "",
            "Run it on a host in the Internet. Whoever has a token may ask it to dial back; it dials the address from which"
                    + " it is called and no other. 'publish' and 'verify' use it with --verify-from.",
            "It runs until Ctrl-C or SIGTERM and then ends with status 0."
        },
        footer = {
            "",
            "Examples:",
            "  openssl rand -hex 32 > agent.tokens; chmod 600 agent.tokens",
            "  porthole agent --token-file agent.tokens \\",
            "      --tls-cert fullchain.pem --tls-key privkey.pem",
            "  porthole agent --listen 127.0.0.1:8080 --token-file agent.tokens \\",
            "      --plain --proxy 127.0.0.1",
            "Elsewhere, with the same token on the first line of a file:",
            "  porthole publish --camera 192.168.69.110 \\",
            "      --verify-from https://probe.example.org:8443 --agent-token-file site.token"
        })
final class AgentCommand extends Subcommand {
    private static final String LISTEN = "--listen";
    private static final String TOKEN_FILE = "--token-file";
    private static final String TLS_CERT = "--tls-cert";
    private static final String TLS_KEY = "--tls-key";
    private static final String PLAIN = "--plain";
    private static final String PROXY = "--proxy";
    private static final String VIDEO = "--video";

    @Option(
            names = LISTEN,
            paramLabel = "[ADDR]:PORT",
            order = 1,
            description = "Where to listen. Default: :8443, port 8443 of every address.")
    String listen = ":8443";

    @Option(
            names = TOKEN_FILE,
            paramLabel = "FILE",
            order = 2,
            description = "The tokens that are accepted: one on each line, TOKEN or NAME:TOKEN; # begins a comment.")
    @Nullable
    String tokenFile;

    @Option(
            names = TLS_CERT,
            paramLabel = "FILE",
            order = 3,
            description = "The certificate chain, PEM. Needs " + TLS_KEY + ".")
    @Nullable
    String certificate;

    @Option(names = TLS_KEY, paramLabel = "FILE", order = 4, description = "Its private key, PEM, PKCS#8.")
    @Nullable
    String key;

    @Option(
            names = PLAIN,
            order = 5,
            description = "No TLS: behind a proxy on this host that speaks TLS, or in a laboratory.")
    boolean plain;

    @Option(
            names = PROXY,
            paramLabel = "CIDR",
            order = 6,
            description = "A proxy in front of the agent, whose X-Forwarded-For is believed. May be repeated.")
    List<String> proxies = new ArrayList<>();

    @Option(
            names = VIDEO,
            order = 7,
            description = "Let callers have a stream played with a camera's account. With TLS only.")
    boolean video;

    private @Nullable InetSocketAddress listening;

    AgentCommand(Session session) {
        super(session);
    }

    @Override
    Answer answer() {
        if (tokenFile == null) {
            throw new InvalidInput(TOKEN_FILE, "say who may call; give a file with a token on each line");
        }
        ProbeAgent.Builder builder =
                ProbeAgent.builder().listen(address(listen)).proxies(blocks());
        TokenFile.read(session, TOKEN_FILE, tokenFile).forEach(builder::token);
        protect(builder);
        builder.video(video);
        try (ProbeAgent agent = builder.start()) {
            listening = agent.address();
            String line = "listening at " + (plain ? "http" : "https") + "://" + Words.endpoint(agent.address())
                    + agent.keyPin().map(pin -> ", key " + pin).orElse("");
            (json ? session.err() : session.out()).println(line);
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            // The way to end it.
            return Answer.of(ExitStatus.DONE, this::nothing, () -> "");
        } catch (BindException e) {
            throw new InvalidInput(
                    LISTEN,
                    "cannot listen at " + Words.quoted(listen) + " (" + e.getMessage() + "); is another agent running,"
                            + " is the address this host's, and may this user take the port?");
        } catch (IOException e) {
            throw new InvalidInput(LISTEN, "cannot listen at " + Words.quoted(listen) + ": " + e.getMessage());
        }
        throw new IllegalStateException("the wait ends by interruption only");
    }

    private void protect(ProbeAgent.Builder builder) {
        if (plain) {
            if (certificate != null || key != null) {
                throw new InvalidInput(PLAIN, "choose one: " + PLAIN + ", or " + TLS_CERT + " and " + TLS_KEY);
            }
            if (video) {
                throw new InvalidInput(VIDEO, "accounts are taken over TLS only; give " + TLS_CERT + " and " + TLS_KEY);
            }
            builder.plain();
            return;
        }
        if (certificate == null || key == null) {
            throw new InvalidInput(
                    certificate == null ? TLS_CERT : TLS_KEY,
                    "give " + TLS_CERT + " and " + TLS_KEY + "; or " + PLAIN
                            + " where a proxy on this host speaks TLS, or in a laboratory");
        }
        try {
            builder.tls(Path.of(certificate), Path.of(key));
        } catch (IllegalArgumentException e) {
            String where = e instanceof InvalidPathException ? TLS_CERT : TLS_KEY;
            throw new InvalidInput(where, Words.plain(String.valueOf(e.getMessage())));
        } catch (NoSuchFileException e) {
            throw new InvalidInput(TLS_CERT, "there is no file " + Words.quoted(String.valueOf(e.getMessage())));
        } catch (IOException e) {
            throw new InvalidInput(TLS_CERT, "cannot read the certificate or the key: " + e.getMessage());
        }
    }

    private List<Cidr> blocks() {
        List<Cidr> blocks = new ArrayList<>();
        for (String text : proxies.isEmpty() ? List.<String>of() : Inputs.items(PROXY, proxies)) {
            try {
                blocks.add(Cidr.parse(text));
            } catch (IllegalArgumentException e) {
                throw new InvalidInput(PROXY, Words.plain(String.valueOf(e.getMessage())));
            }
        }
        return blocks;
    }

    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0 || (colon > 0 && text.indexOf(':') != colon && text.charAt(colon - 1) != ']')) {
            throw new InvalidInput(
                    LISTEN,
                    Words.quoted(text) + " is not ADDR:PORT; give one such as 0.0.0.0:8443, [::]:8443 or :8443");
        }
        int port = text.endsWith(":0") ? 0 : Inputs.port(LISTEN, text.substring(colon + 1));
        if (colon == 0) {
            return new InetSocketAddress(port);
        }
        InetAddress address = Inputs.host(LISTEN, text.substring(0, colon));
        return new InetSocketAddress(address, port);
    }

    @Override
    Map<String, Object> nothing() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("agent", listening == null ? null : Words.endpoint(listening));
        document.put("findings", List.of());
        return document;
    }
}
