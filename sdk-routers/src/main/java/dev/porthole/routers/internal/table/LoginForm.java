package dev.porthole.routers.internal.table;

import dev.porthole.Credentials;
import dev.porthole.routers.internal.LoginRefusedException;
import dev.porthole.routers.internal.RouterRequest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.FormElement;

/**
 * The form by which a router asks who one is.
 *
 * @param page the page that it stands on
 * @param form the form
 * @param user the field for the name; empty where there is but a password
 * @param password the field for the password
 */
record LoginForm(Page page, FormElement form, Optional<Field> user, Field password) {
    /** A page for changing passwords or for the provider's access has more fields than a login. */
    private static final int MAX_FIELDS = 5;

    private static final Pattern OTHER_SECRET = Pattern.compile(
            "\\b(ssid|wireless|wlan|wifi|wi fi|wpa|psk|pppoe|ppp|ddns|dynamic dns|vpn|new|confirm|retype|neues|nouveau|nueva)\\b");

    private static final Pattern TIME = Pattern.compile(
            "([0-9]{1,5})\\s*(seconds?|sec|sekunden|secondes|segundos|secondi|секунд\\w*|秒|minutes?|min|minuten|minutos|minuti|минут\\w*|分)",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    private static final Pattern TRIES = Pattern.compile(
            "([0-9]{1,2})\\s*(?:more\\s+)?(?:attempts?|tries|try|chances?|versuche|tentatives|intentos)\\s*(?:left|remaining|more|übrig|restant\\w*)?",
            Pattern.CASE_INSENSITIVE);

    /** Finds the login form of a page. */
    static Optional<LoginForm> in(Page page) {
        for (FormElement form : page.forms()) {
            List<Field> fields = page.fields(form);
            List<Field> passwords = fields.stream().filter(Field::password).toList();
            List<Field> others = fields.stream()
                    .filter(field -> field.writable() && !field.password() && field.type() == Field.Type.TEXT)
                    .toList();
            long typed = fields.stream().filter(Field::writable).count();
            boolean login = passwords.size() == 1
                    && typed <= MAX_FIELDS
                    && others.size() <= 2
                    && passwords.get(0).value().isEmpty()
                    && fields.stream().noneMatch(LoginForm::otherSecret);
            if (login) {
                Optional<Field> user = others.stream()
                        .filter(field -> fields.indexOf(field) < fields.indexOf(passwords.get(0)))
                        .reduce((first, last) -> last);
                return Optional.of(new LoginForm(page, form, user, passwords.get(0)));
            }
        }
        return Optional.empty();
    }

    /** Of a secret that is set, not asked for: of the wireless network, of the provider's line, a new password. */
    private static boolean otherSecret(Field field) {
        if (!field.writable() || field.type() != Field.Type.TEXT) {
            return false;
        }
        String words = Words.plain(String.join(" ", Labels.of(field))) + " " + Words.ofIdentifier(field.identifier());
        return OTHER_SECRET.matcher(words).find();
    }

    /**
     * The request that logs in.
     *
     * @throws NotUnderstoodException where a script would cipher the password
     */
    RouterRequest request(Credentials account) throws NotUnderstoodException {
        Submission submission = new Submission(page, form);
        user.ifPresent(field -> submission.set(field, account.user()));
        account.password().use(secret -> submission.set(password, new String(secret)));
        Optional<Button> button = Button.of(form).stream()
                .filter(one -> !one.says(Phrases.CANCEL)
                        && (one.submitting() || one.script().isPresent()))
                .findFirst();
        return Press.of(page, submission, button.orElse(null));
    }

    /** What a page after a login says where it lets nobody in. */
    static LoginRefusedException refusal(Page page) {
        String text = page.text();
        if (Phrases.LOGIN_LOCKED.in(text)) {
            Matcher time = TIME.matcher(text);
            return LoginRefusedException.locked(time.find() ? Optional.of(duration(time)) : Optional.empty());
        }
        Matcher tries = TRIES.matcher(text);
        return LoginRefusedException.refused(
                tries.find() ? OptionalInt.of(Integer.parseInt(tries.group(1))) : OptionalInt.empty());
    }

    private static Duration duration(Matcher time) {
        long count = Long.parseLong(time.group(1));
        String unit = time.group(2).toLowerCase(Locale.ROOT);
        return unit.startsWith("min") || unit.startsWith("мин") || unit.equals("分")
                ? Duration.ofMinutes(count)
                : Duration.ofSeconds(count);
    }
}
