package org.outpost.gateway.authentication.ldap;

import com.unboundid.ldap.sdk.BindRequest;
import com.unboundid.ldap.sdk.FailoverServerSet;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPSearchException;
import com.unboundid.ldap.sdk.OperationType;
import com.unboundid.ldap.sdk.PostConnectProcessor;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.SearchResult;
import com.unboundid.ldap.sdk.SearchScope;
import com.unboundid.ldap.sdk.ServerSet;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.SingleServerSet;
import com.unboundid.ldap.sdk.StartTLSPostConnectProcessor;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;

import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;

/**
 * The connections to a directory: some on which users are tried, and some on which the service
 * account searches, so that no search runs with a user's rights. They are made when they are
 * needed, kept, and replaced when they break. Calls block; connections are used by one caller at a
 * time and have no threads of their own.
 */
final class LdapDirectory implements AutoCloseable {
    private static final Duration BACK_TO_THE_FIRST = Duration.ofMinutes(5);
    private static final String NO_ATTRIBUTES = SearchRequest.NO_ATTRIBUTES;

    private final LDAPConnectionPool binds;
    private final LDAPConnectionPool searches;
    private final int responseSeconds;

    /** Makes the pools; connects to nothing yet. */
    LdapDirectory(LdapSettings settings) throws LDAPException {
        this.responseSeconds = (int) Math.max(1, settings.responseTimeout().toSeconds());
        LdapSettings.ServiceAccount account = settings.service();
        this.binds = pool(settings, null);
        this.searches =
                pool(
                        settings,
                        account == null
                                ? null
                                : new SimpleBindRequest(
                                        account.dn(), new ServicePassword(account.passwordFile())));
    }

    private static LDAPConnectionPool pool(LdapSettings settings, @Nullable BindRequest account)
            throws LDAPException {
        List<ServerSet> servers =
                settings.servers().stream().map(server -> set(server, settings)).toList();
        FailoverServerSet inOrder = new FailoverServerSet(servers);
        inOrder.setMaxFailoverConnectionAgeMillis(BACK_TO_THE_FIRST.toMillis());
        LDAPConnectionPool pool =
                new LDAPConnectionPool(inOrder, account, 0, settings.connections());
        // A connection that the directory or a firewall closed meanwhile is no answer.
        pool.setRetryFailedOperationsDueToInvalidConnections(
                EnumSet.of(OperationType.BIND, OperationType.SEARCH));
        return pool;
    }

    private static ServerSet set(LdapServer server, LdapSettings settings) {
        LDAPConnectionOptions options = new LDAPConnectionOptions();
        options.setConnectTimeoutMillis(Math.toIntExact(settings.connectTimeout().toMillis()));
        options.setResponseTimeoutMillis(settings.responseTimeout().toMillis());
        options.setUseSynchronousMode(true);
        options.setFollowReferrals(false);
        options.setBindWithDNRequiresPassword(true);
        SSLSocketFactory tls = new NameCheckingSocketFactory(settings.tls().getSocketFactory());
        SocketFactory sockets = server.tls() ? tls : SocketFactory.getDefault();
        PostConnectProcessor startTls =
                settings.startTls() && !server.tls() ? new StartTLSPostConnectProcessor(tls) : null;
        return new SingleServerSet(server.host(), server.port(), sockets, options, null, startTls);
    }

    /** Tries a user's password, which is not empty. */
    void bind(String dn, String password) throws LDAPException {
        binds.bind(dn, password);
    }

    /** What a search for a user found. */
    sealed interface Found {
        /** Exactly one entry. */
        record One(String dn) implements Found {}

        /** None. */
        record None() implements Found {}

        /** More than one: nobody could say which is meant. */
        record Several() implements Found {}
    }

    Found find(String base, String filter) throws LDAPException {
        SearchRequest request = search(base, SearchScope.SUB, Filter.create(filter));
        request.setSizeLimit(2);
        SearchResult result;
        try {
            result = searches.search(request);
        } catch (LDAPSearchException e) {
            if (e.getResultCode().equals(ResultCode.SIZE_LIMIT_EXCEEDED)) {
                return new Found.Several();
            }
            throw e;
        }
        return switch (result.getEntryCount()) {
            case 0 -> new Found.None();
            case 1 -> new Found.One(result.getSearchEntries().getFirst().getDN());
            default -> new Found.Several();
        };
    }

    /** Whether the group's own entry names the user, in one of the usual ways. */
    boolean isMember(String group, String dn, String user) throws LDAPException {
        Filter named =
                Filter.createORFilter(
                        Filter.createEqualityFilter("member", dn),
                        Filter.createEqualityFilter("uniqueMember", dn),
                        Filter.createEqualityFilter("memberUid", user));
        return searches.search(search(group, SearchScope.BASE, named)).getEntryCount() == 1;
    }

    private SearchRequest search(String base, SearchScope scope, Filter filter) {
        SearchRequest request = new SearchRequest(base, scope, filter, NO_ATTRIBUTES);
        request.setTimeLimitSeconds(responseSeconds);
        return request;
    }

    @Override
    public void close() {
        binds.close();
        searches.close();
    }
}
