package dev.porthole.verify.internal.agent;

import java.util.List;

/**
 * What an agent answered.
 *
 * @param address the address at which it saw us, untrusted text; empty where it gave none
 * @param errorCode of its refusal, or empty
 * @param errorMessage of its refusal, or empty
 * @param answers one per probe
 */
record AgentReply(String address, String errorCode, String errorMessage, List<ProbeAnswer> answers) {}
