package dev.porthole.routers.internal.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The proofs, against those that another implementation of PBKDF2 and HMAC computed by public clients' steps. */
class HiLinkProofTest {
    @Test
    void both_proofs_are_those_of_other_implementations() {
        byte[] salt = HexFormat.of().parseHex("6f1c0de94f7a1b23cc55e2f0a9d18b7e6f1c0de94f7a1b23cc55e2f0a9d18b7e");
        HiLinkProof proof = new HiLinkProof("s3cret&/+ %x\u00e9".toCharArray(), salt, 100, "abcd,abcdef01,abcdef01");
        assertThat(proof.client()).isEqualTo("c12e79fc35bd76abc492ee28ca35f208b869fec408bafea72d14224d42f42c18");
        assertThat(proof.server()).isEqualTo("90df4283aff1f5b9a93b7ab771ef04eb92d8a27575d41098a3721d377f9a3721");
    }
}
