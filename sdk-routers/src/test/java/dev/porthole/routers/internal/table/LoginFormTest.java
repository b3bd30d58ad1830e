package dev.porthole.routers.internal.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.Credentials;
import dev.porthole.Secret;
import org.junit.jupiter.api.Test;

class LoginFormTest {
    private static final Credentials ACCOUNT = new Credentials("admin", Secret.of("p&ss"));

    @Test
    void user_and_password_are_sent_with_what_the_form_hides() throws Exception {
        Page page = Read.page(
                "<form action=login.cgi method=post><h1>Wireless N Router</h1><input type=hidden name=t value=7>Benutzer <input name=u>"
                        + "Kennwort <input type=password name=p><input type=submit name=go value=Anmelden></form>");
        assertThat(Read.sent(LoginForm.in(page).orElseThrow().request(ACCOUNT)))
                .isEqualTo("POST /adv/login.cgi t=7&u=admin&p=p&ss&go=Anmelden");
    }

    @Test
    void a_password_alone_is_enough() throws Exception {
        Page page = Read.page("<form action=x method=post><input type=password name=pw><input type=submit></form>");
        assertThat(Read.sent(LoginForm.in(page).orElseThrow().request(ACCOUNT))).isEqualTo("POST /adv/x pw=p&ss");
    }

    @Test
    void a_password_that_is_set_is_none_that_is_asked_for() throws Exception {
        for (String form : new String[] {
            "SSID <input name=ssid value=home> Key <input type=password name=key>",
            "PPPoE user <input name=u> password <input type=password name=p>",
            "New password <input type=password name=p>",
            "User <input name=u> Password <input type=password name=p value=secret>",
            "Old <input type=password name=a> Again <input type=password name=b>"
        }) {
            assertThat(LoginForm.in(Read.page("<form action=x method=post>" + form + "<input type=submit></form>")))
                    .as(form)
                    .isEmpty();
        }
    }

    @Test
    void a_password_that_a_script_ciphers_is_not_sent() throws Exception {
        for (String script : new String[] {
            "function go(f){ f.p.value = hex_md5(f.p.value); f.submit(); }",
            "function go(f){ f.h.value = scramble(f.p.value); f.submit(); }",
            "function go(f){ $.ajax({url:'/login'}); }"
        }) {
            Page page = Read.page(
                    "<script>" + script + "</script><form action=x method=post><input type=hidden name=h>"
                            + "<input name=u><input type=password name=p><input type=button value=Login onclick='go(this.form)'></form>");
            LoginForm form = LoginForm.in(page).orElseThrow();
            assertThatThrownBy(() -> form.request(ACCOUNT))
                    .as(script)
                    .isInstanceOfSatisfying(
                            NotUnderstoodException.class,
                            e -> assertThat(e.kind()).isEqualTo(NotUnderstoodException.Kind.NEEDS_SCRIPT));
        }
    }
}
