package org.outpost.gateway.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.handler.codec.http.HttpMethod;

import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a request line means (RFC 9112 section 3.2, protocol/README 8). */
final class RequestTargetTest {
    @ParameterizedTest
    @CsvSource({
        "http://pc1, pc1, 16992, pc1, /",
        "http://pc1:16993/a, pc1, 16993, pc1:16993, /a",
        "HTTP://PC1.Example.Test/a?b, PC1.Example.Test, 16992, PC1.Example.Test, /a?b",
        "http://pc1:/, pc1, 16992, pc1:, /",
        "http://pc1?q=http://x/, pc1, 16992, pc1, /?q=http://x/",
        "http://pc1/%20#x, pc1, 16992, pc1, /%20",
        "http://my_pc:16992/, my_pc, 16992, my_pc:16992, /",
        "http://my_pc/, my_pc, 16992, my_pc, /",
        "http://10.1.2.3/, 10.1.2.3, 16992, 10.1.2.3, /",
        "http://[2001:db8::7]/, 2001:db8::7, 16992, [2001:db8::7], /",
        "http://[2001:db8::7]:16994/, 2001:db8::7, 16994, [2001:db8::7]:16994, /",
        "http://4c4c4544-0042-3510-8052-b4c04f564e32/, 4c4c4544-0042-3510-8052-b4c04f564e32,"
                + " 16992, 4c4c4544-0042-3510-8052-b4c04f564e32, /"
    })
    void anAbsoluteUriNamesADevice(
            String uri, String host, int port, String authority, String originForm)
            throws BadRequestException {
        assertThat(RequestTarget.of(HttpMethod.GET, uri))
                .isEqualTo(new RequestTarget(host, port, authority, originForm));
    }

    @ParameterizedTest
    @CsvSource({
        "pc1, pc1, 16993",
        "pc1:16992, pc1, 16992",
        "my_pc:16994, my_pc, 16994",
        "[::1], ::1, 16993",
        "[::1]:5900, ::1, 5900"
    })
    void anAuthorityNamesADevice(String authority, String host, int port)
            throws BadRequestException {
        assertThat(RequestTarget.of(HttpMethod.CONNECT, authority))
                .isEqualTo(new RequestTarget(host, port, authority, ""));
    }

    /** Clients send CONNECT with 443 for an https URI without a port; AMT has nothing there. */
    @ParameterizedTest
    @CsvSource({
        "GET, http://pc1:80/x, 16992",
        "CONNECT, pc1:80, 16992",
        "CONNECT, pc1:443, 16993",
        "CONNECT, [2001:db8::7]:443, 16993"
    })
    void theSchemesOwnPortsMeanAmts(String method, String target, int port) throws Exception {
        assertThat(RequestTarget.of(HttpMethod.valueOf(method), target).port()).isEqualTo(port);
    }

    @Test
    void credentialsInAUriAreRefusedWithoutBeingRepeated() {
        assertThatThrownBy(() -> RequestTarget.of(HttpMethod.GET, "http://me:secret@pc1/"))
                .isInstanceOf(BadRequestException.class)
                .hasMessageNotContaining("secret");
    }

    @Property
    void everyOtherPortIsKept(@ForAll @IntRange(min = 1, max = 65535) int port) throws Exception {
        Assume.that(port != 80 && port != 443);
        assertThat(RequestTarget.of(HttpMethod.CONNECT, "pc:" + port).port()).isEqualTo(port);
        assertThat(RequestTarget.of(HttpMethod.GET, "http://p_c:" + port).port()).isEqualTo(port);
    }

    /** Nothing that a stranger writes does more than be refused. */
    @Property
    void anyTextIsATargetOrABadRequest(
            @ForAll @CharRange(from = ' ', to = '\u00ff') @StringLength(max = 40) String text) {
        for (String uri : new String[] {text, "http://" + text, "http://pc1" + text}) {
            for (HttpMethod method : new HttpMethod[] {HttpMethod.GET, HttpMethod.CONNECT}) {
                try {
                    RequestTarget target = RequestTarget.of(method, uri);
                    assertThat(target.host()).isNotEmpty();
                    assertThat(target.port()).isBetween(1, 65535);
                    assertThat(target.authority()).matches("[!-?A-~]+");
                    assertThat(target.originForm()).matches("[!-~]*");
                } catch (BadRequestException e) {
                    assertThat(e).hasMessageEndingWith(".");
                }
            }
        }
    }
}
