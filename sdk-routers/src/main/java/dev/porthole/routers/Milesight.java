package dev.porthole.routers;

import dev.porthole.routers.internal.RouterDriver;
import dev.porthole.routers.internal.milesight.MilesightDialect;
import dev.porthole.routers.internal.milesight.MilesightDialect.Carrier;
import dev.porthole.routers.internal.milesight.MilesightDriver;
import java.util.List;
import java.util.Optional;

/**
 * Milesight routers (UR32, UR35, UR41, UR5x, UR75) and the gateways UG65 and EG71: rules under Network &gt; Firewall &gt;
 * Port Mapping, where Source Port is the external port and Destination Port the camera's.
 *
 * <p>Known from public clients: identity, login, session, pace, list, add and commit. Not verified on a real router: the
 * names of a rule's fields (read from a rule that is there, or supplied: {@link MilesightFields}), the function that
 * deletes a rule (both known ones are tried, each looked at), the fields of the Security page (own ports are known where
 * its names tell), log-out and the external address of UR routers. See QUIRKS.md. Immutable.
 */
public final class Milesight extends RouterBrand {
    private final MilesightDialect dialect;

    private Milesight(String id, Builder builder) {
        super(id);
        dialect = new MilesightDialect(
                builder.key,
                builder.iv,
                builder.loginBase,
                builder.carrier,
                builder.deleteFunctions,
                builder.fields.map(MilesightFields::names),
                builder.unverifiedFields,
                builder.pageSize);
    }

    /**
     * UR routers and UG65, with the defaults: brand {@code milesight}.
     *
     * @return the brand
     */
    public static Milesight router() {
        return builder().build();
    }

    /**
     * EG71, with the defaults: brand {@code milesight-eg71}.
     *
     * @return the brand
     */
    public static Milesight eg71() {
        return eg71Builder().build();
    }

    /**
     * A builder with the defaults of UR routers and UG65.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder("milesight");
    }

    /**
     * A builder with the defaults of EG71.
     *
     * @return a new builder
     */
    public static Builder eg71Builder() {
        return new Builder("milesight-eg71")
                .key("4829173051647823")
                .iv("7603912845091736")
                .loginBase("web_login")
                .deleteFunctions("del", "delete");
    }

    @Override
    RouterDriver driver() {
        return new MilesightDriver(dialect);
    }

    /** Builds a {@link Milesight}. Not thread-safe. */
    public static final class Builder {
        private final String id;
        private String key = "1111111111111111";
        private String iv = "2222222222222222";
        private String loginBase = "";
        private Carrier carrier = Carrier.BY_MODEL;
        private List<String> deleteFunctions = List.of("delete", "del");
        private Optional<MilesightFields> fields = Optional.empty();
        private boolean unverifiedFields;
        private int pageSize;

        private Builder(String id) {
            this.id = id;
        }

        /**
         * Sets the key by which the login encrypts the password (AES-128-CBC).
         *
         * @param value 16 ASCII characters; default the firmware's, the same on every router
         * @return this
         */
        public Builder key(String value) {
            key = block(value);
            return this;
        }

        /**
         * Sets the initialisation vector of the password's encryption.
         *
         * @param value 16 ASCII characters; default the firmware's, the same on every router
         * @return this
         */
        public Builder iv(String value) {
            iv = block(value);
            return this;
        }

        private static String block(String value) {
            if (!value.matches("\\p{ASCII}{16}")) {
                throw new IllegalArgumentException("a key and an IV of AES-128 are 16 ASCII characters");
            }
            return value;
        }

        /**
         * Sets what a login names as its base.
         *
         * @param value default none; EG71 {@code web_login}
         * @return this
         */
        public Builder loginBase(String value) {
            loginBase = value.strip();
            return this;
        }

        /**
         * Shows the session by the cookie {@code td}, whatever the model.
         *
         * @return this
         */
        public Builder sessionByCookie() {
            carrier = Carrier.COOKIE;
            return this;
        }

        /**
         * Shows the session by a bearer token, whatever the model. Default: UR by cookie, UG and EG by bearer token.
         *
         * @return this
         */
        public Builder sessionByBearer() {
            carrier = Carrier.BEARER;
            return this;
        }

        /**
         * Sets which functions may delete a rule; each is tried in turn until the rule is gone.
         *
         * @param values default {@code delete} (UG65), then {@code del} (EG71)
         * @return this
         */
        public Builder deleteFunctions(String... values) {
            if (values.length == 0) {
                throw new IllegalArgumentException("name at least one function, for example delete");
            }
            deleteFunctions = List.of(values);
            return this;
        }

        /**
         * Sets how the router names the fields of a rule.
         *
         * @param value default: read from a rule that is there
         * @return this
         */
        public Builder fields(MilesightFields value) {
            fields = Optional.of(value);
            return this;
        }

        /**
         * Lets the first rule in an empty table be tried with names that nobody has verified: {@code source_ip}, {@code
         * source_port}, {@code target_ip}, {@code target_port}, {@code protocol}, {@code description}, in the style of a
         * sibling page. Wrong ones store nothing, which is noticed.
         *
         * @param value default false: refused with SCHEMA_UNKNOWN
         * @return this
         */
        public Builder unverifiedFields(boolean value) {
            unverifiedFields = value;
            return this;
        }

        /**
         * Asks for the table in parts.
         *
         * @param value rules per part, default 0: all at once, and in parts where the router says that there are more
         * @return this
         */
        public Builder pageSize(int value) {
            if (value < 0 || value > 1000) {
                throw new IllegalArgumentException("a page of " + value + " rules is not within 0 and 1000");
            }
            pageSize = value;
            return this;
        }

        /**
         * Builds the brand.
         *
         * @return the brand
         */
        public Milesight build() {
            return new Milesight(id, this);
        }
    }
}
