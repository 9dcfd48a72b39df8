package org.outpost.gateway.authentication.ldap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import org.junit.jupiter.api.Test;

final class LdapTemplateTest {
    private static final LdapTemplate DN_TEMPLATE = LdapTemplate.dn("uid={user},ou=people");
    private static final LdapTemplate FILTER = LdapTemplate.filter("(&(uid={user})(ou=people))");

    @Test
    void whatAUserWritesIsEscaped() {
        assertThat(LdapTemplate.dn("uid={user},dc=x").of("a,ou=admins+b=c"))
                .isEqualTo("uid=a\\,ou\\=admins\\+b\\=c,dc=x");
        assertThat(LdapTemplate.filter("(uid={user})").of("*)(uid=*"))
                .isEqualTo("(uid=\\2a\\29\\28uid=\\2a)");
        assertThat(LdapTemplate.filter("(uid={user})").of("back\\slash"))
                .isEqualTo("(uid=back\\5cslash)");
    }

    @Property
    void noUserNameMeansMoreThanItself(@ForAll String user) throws Exception {
        if (user.isEmpty()) {
            return;
        }
        // NUL is refused before: RFC 4514 would write it in digits, the JDK's escaping does not.
        if (user.indexOf('\0') < 0) {
            DN dn = new DN(DN_TEMPLATE.of(user));
            assertThat(dn.getRDNs()).hasSize(2);
            assertThat(dn.getRDNs()[0].getAttributeValues()).hasSize(1);
        }
        Filter filter = Filter.create(FILTER.of(user));
        assertThat(filter.getComponents()).hasSize(2);
        assertThat(filter.getComponents()[0].getFilterType())
                .isEqualTo(Filter.FILTER_TYPE_EQUALITY);
    }

    @Test
    void aTemplateThatMeansTheSameForEverybodyOrNothingAtAllIsRefused() {
        assertThatThrownBy(() -> LdapTemplate.dn("uid=admin,dc=x"))
                .hasMessageContaining("has no {user}");
        assertThatThrownBy(() -> LdapTemplate.dn("{user}")).hasMessageContaining("distinguished");
        assertThatThrownBy(() -> LdapTemplate.filter("(uid={user}"))
                .hasMessageContaining("is not a filter");
    }

    @Test
    void urlsSayWhereAndNoMore() {
        assertThat(LdapServer.parse("ldaps://dc1.example.com"))
                .isEqualTo(new LdapServer("dc1.example.com", 636, true));
        assertThat(LdapServer.parse("ldap://[::1]:3389"))
                .isEqualTo(new LdapServer("::1", 3389, false));
        assertThat(LdapServer.parse("ldap://[::1]").isLoopback()).isTrue();
        assertThat(LdapServer.parse("ldap://localhost").isLoopback()).isTrue();
        assertThat(LdapServer.parse("ldap://127.0.0.2").isLoopback()).isTrue();
        assertThat(LdapServer.parse("ldap://192.0.2.1").isLoopback()).isFalse();
        for (String wrong :
                new String[] {"dc1", "http://dc1", "ldap://dc1/dc=x", "ldapi:///", "ldap://"}) {
            assertThatThrownBy(() -> LdapServer.parse(wrong))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
