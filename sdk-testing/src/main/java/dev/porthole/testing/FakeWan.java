package dev.porthole.testing;

import java.util.List;

/** One WAN connection of a {@link FakeGateway}: its address, its status and its table. Thread-safe. */
public final class FakeWan {
    private final String serviceType;
    private final String controlUrl;
    private final MappingTable table;
    private final Runnable changed;
    private volatile String externalAddress;
    private volatile String status;

    FakeWan(WanSpec spec, MappingTable table, Runnable changed) {
        this.serviceType = spec.serviceType();
        this.controlUrl = spec.controlUrl();
        this.externalAddress = spec.externalAddress();
        this.status = spec.status();
        this.table = table;
        this.changed = changed;
    }

    /**
     * The service type.
     *
     * @return as the description shows it
     */
    public String serviceType() {
        return serviceType;
    }

    /**
     * The control URL.
     *
     * @return as the description shows it
     */
    public String controlUrl() {
        return controlUrl;
    }

    /**
     * What GetExternalIPAddress answers.
     *
     * @return empty where there is no usable address
     */
    public String externalAddress() {
        return externalAddress;
    }

    /**
     * Changes what GetExternalIPAddress answers.
     *
     * @param value an address, or anything; empty for no usable address, which makes adding fail with 501
     * @return this
     */
    public FakeWan externalAddress(String value) {
        externalAddress = value;
        return this;
    }

    /**
     * What GetStatusInfo answers.
     *
     * @return for example {@code Connected}
     */
    public String status() {
        return status;
    }

    /**
     * Changes what GetStatusInfo answers.
     *
     * @param value for example {@code Disconnected}
     * @return this
     */
    public FakeWan status(String value) {
        status = value;
        return this;
    }

    /**
     * The mappings that are in force.
     *
     * @return an unmodifiable copy with the leases that are left, newest first
     */
    public List<TableEntry> mappings() {
        return List.copyOf(table.entries());
    }

    /**
     * Adds a mapping past all rules, as somebody else's.
     *
     * @param entry the mapping
     * @return this
     */
    public FakeWan addForeign(TableEntry entry) {
        table.put(entry);
        changed.run();
        return this;
    }

    /**
     * Removes a mapping behind everybody's back.
     *
     * @param protocol the protocol
     * @param externalPort the external port
     * @return this
     */
    public FakeWan lose(String protocol, int externalPort) {
        table.remove(protocol, externalPort);
        changed.run();
        return this;
    }

    MappingTable table() {
        return table;
    }
}
