package org.outpost.server.web.amt;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Every route that has to do with one device, in an order in which they can be used one after the
 * other: what is asked with, what comes of it, and what an offline device makes of it.
 */
final class RouteTable {
    /**
     * A column for each: method and path below {@code /api/v1}, the status when all is well, the
     * status when the device is offline, what is kept of the answer (a name and a JSON pointer),
     * and the body. A dollar sign stands for what was kept.
     */
    private static final String TABLE =
            """
            GET    /amt/version/{guid}                            | 200 | 404 | |
            GET    /amt/generalSettings/{guid}                    | 200 | 404 | |
            PATCH  /amt/generalSettings/{guid}                    | 200 | 404 | | {"hostName":"pc","domainName":"example.test"}
            GET    /amt/time/{guid}                               | 200 | 404 | |
            POST   /amt/time/{guid}                               | 200 | 404 | | {}
            GET    /amt/hardwareInfo/{guid}                       | 200 | 404 | |
            GET    /amt/diskInfo/{guid}                           | 200 | 404 | |
            GET    /amt/inventory/{guid}                          | 200 | 404 | |
            GET    /amt/power/state/{guid}                        | 200 | 404 | |
            GET    /amt/power/capabilities/{guid}                 | 200 | 404 | |
            GET    /amt/power/bootSources/{guid}                  | 200 | 404 | |
            GET    /amt/boot/capabilities/{guid}                  | 200 | 404 | |
            GET    /amt/boot/remoteErase/{guid}                   | 200 | 404 | |
            POST   /amt/boot/rpe/{guid}                           | 400 | 404 | | {"enabled":false}
            GET    /amt/features/{guid}                           | 200 | 404 | |
            POST   /amt/features/{guid}                           | 200 | 404 | | {"userConsent":"all","enableSOL":true,"enableIDER":true,"enableKVM":true}
            GET    /amt/userConsentCode/{guid}                    | 200 | 404 | |
            POST   /amt/userConsentCode/{guid}                    | 400 | 404 | | {"consentCode":"000000"}
            GET    /amt/userConsentCode/cancel/{guid}             | 200 | 404 | |
            POST   /amt/features/{guid}                           | 200 | 404 | | {"userConsent":"none","enableSOL":true,"enableIDER":true,"enableKVM":true}
            GET    /amt/log/audit/{guid}                          | 200 | 404 | |
            GET    /amt/log/event/{guid}                          | 200 | 404 | |
            DELETE /amt/log/event/{guid}                          | 200 | 404 | |
            GET    /amt/certificates/{guid}                       | 200 | 404 | |
            POST   /amt/certificates/{guid}                       | 200 | 404 | instanceId=/handle | {"cert":"$certificate","isTrusted":true}
            DELETE /amt/certificates/{guid}/{instanceId}          | 200 | 404 | |
            GET    /amt/tls/{guid}                                | 200 | 404 | |
            PATCH  /amt/tls/{guid}                                | 200 | 404 | | {"instanceID":"Intel(r) AMT 802.3 TLS Settings","trustedCN":["console.example.test"]}
            GET    /amt/kvm/displays/{guid}                       | 200 | 404 | |
            PUT    /amt/kvm/displays/{guid}                       | 200 | 404 | | {"displayIndex":0}
            GET    /amt/networkSettings/{guid}                    | 200 | 404 | |
            GET    /amt/networkSettings/wired/{guid}              | 200 | 404 | |
            PATCH  /amt/networkSettings/wired/{guid}              | 200 | 404 | | {"dhcpEnabled":true,"ipSyncEnabled":true}
            POST   /amt/network/linkPreference/{guid}             | 200 | 404 | | {"linkPreference":1,"timeout":10}
            GET    /amt/networkSettings/wireless/state/{guid}     | 200 | 404 | |
            POST   /amt/networkSettings/wireless/state/{guid}     | 200 | 404 | | {"state":"WifiEnabledS0"}
            GET    /amt/networkSettings/wireless/profileSync/{guid} | 200 | 404 | |
            POST   /amt/networkSettings/wireless/profileSync/{guid} | 200 | 404 | | {"localProfileSync":true}
            GET    /amt/networkSettings/wireless/profile/{guid}   | 200 | 404 | |
            POST   /amt/networkSettings/wireless/profile/{guid}   | 204 | 404 | | {"profileName":"home","ssid":"home","priority":1,"authenticationMethod":"WPA2PSK","encryptionMethod":"CCMP","password":"P@ssw0rd1"}
            PUT    /amt/networkSettings/wireless/profile/{guid}   | 204 | 404 | | {"profileName":"home","ssid":"other","priority":1,"authenticationMethod":"WPA2PSK","encryptionMethod":"CCMP","password":"P@ssw0rd1"}
            DELETE /amt/networkSettings/wireless/profile/{guid}/{profileName} | 204 | 404 | |
            GET    /amt/alarmOccurrences/{guid}                   | 200 | 404 | |
            POST   /amt/alarmOccurrences/{guid}                   | 200 | 404 | | {"ElementName":"night","StartTime":"2099-01-01T02:00:00Z","Interval":0,"DeleteOnCompletion":true}
            DELETE /amt/alarmOccurrences/{guid}                   | 200 | 404 | | {"Name":"night"}
            GET    /amt/accounts/{guid}                           | 200 | 404 | |
            POST   /amt/accounts/{guid}                           | 200 | 404 | handle=/handle | {"username":"tester","password":"P@ssw0rd1","accessPermission":2,"realms":[5]}
            PUT    /amt/accounts/{guid}/{handle}                  | 200 | 404 | | {"username":"tester","password":"P@ssw0rd2","accessPermission":1,"realms":[13]}
            PATCH  /amt/accounts/{guid}/{handle}                  | 200 | 404 | | {"enabled":false}
            DELETE /amt/accounts/{guid}/{handle}                  | 200 | 404 | |
            GET    /amt/remoteAccess/{guid}                       | 200 | 404 | |
            POST   /amt/remoteAccess/servers/{guid}               | 200 | 404 | name=/name | {"address":"mps.example.test","port":4433,"username":"device","password":"P@ssw0rd1"}
            DELETE /amt/remoteAccess/servers/{guid}/{name}        | 200 | 404 | |
            DELETE /amt/remoteAccess/policies/{guid}/{name}       | 404 | 404 | |
            PUT    /amt/remoteAccess/environment/{guid}           | 200 | 404 | | {"intranetDomains":["example.test"]}
            POST   /amt/subscriptions/{guid}                      | 200 | 404 | | {"filter":"Intel(r) AMT:All","url":"http://192.0.2.5:5000/alerts"}
            GET    /amt/subscriptions/{guid}                      | 200 | 404 | name=/subscriptions/0/name |
            DELETE /amt/subscriptions/{guid}/{name}               | 200 | 404 | |
            GET    /amt/systemDefense/{guid}                      | 200 | 404 | |
            POST   /amt/systemDefense/policies/{guid}             | 200 | 404 | instanceId=/instanceID | {"name":"isolate"}
            POST   /amt/systemDefense/assignments/{guid}          | 200 | 404 | | {"port":"Intel(r) AMT Ethernet Port 0","policy":"$instanceId"}
            POST   /amt/systemDefense/assignments/release/{guid}  | 200 | 404 | | {"port":"Intel(r) AMT Ethernet Port 0","policy":"$instanceId"}
            DELETE /amt/systemDefense/policies/{guid}/{instanceId} | 200 | 404 | |
            GET    /amt/watchdogs/{guid}                          | 200 | 404 | |
            POST   /amt/watchdogs/{guid}                          | 200 | 404 | | {"agent":"$agent","description":"tester","startupSeconds":60,"timeoutSeconds":60}
            DELETE /amt/watchdogs/{guid}/{agent}                  | 200 | 404 | |
            GET    /amt/storage/software/{guid}                   | 404 | 404 | |
            PUT    /amt/storage/software/{guid}                   | 200 | 404 | | {"programs":[{"name":"bash","version":"5.2"}]}
            GET    /amt/storage/software/{guid}                   | 200 | 404 | |
            GET    /amt/storage/{guid}                            | 200 | 404 | |
            GET    /amt/storage/{guid}?caller=$agent&vendor=Other | 400 | 404 | |
            GET    /amt/explorer/{guid}/{className}               | 200 | 404 | |
            PATCH  /amt/explorer/{guid}/{className}               | 200 | 404 | | {"properties":{"ListenerEnabled":true}}
            POST   /amt/explorer/{guid}/{className}/{method}      | 200 | 404 | | {"input":{"RequestedState":32771}}
            POST   /amt/power/bootOptions/{guid}                  | 200 | 404 | | {"action":400,"useSOL":false}
            POST   /amt/power/action/{guid}                       | 200 | 404 | | {"action":10}
            GET    /authorize/redirection/{guid}                  | 200 | 200 | |
            GET    /devices/redirectstatus/{guid}                 | 200 | 200 | |
            GET    /devices/{guid}/mount                          | 404 | 404 | |
            POST   /devices/{guid}/mount                          | 201 | 404 | | {"floppy":"floppy.img"}
            DELETE /devices/{guid}/mount                          | 204 | 404 | |
            GET    /devices/{guid}/facts                          | 200 | 200 | |
            PUT    /devices/{guid}/amt-login                      | 200 | 200 | | {"username":"admin","password":"Wr0ng-one!"}
            GET    /devices/{guid}/amt-login                      | 200 | 200 | |
            DELETE /devices/{guid}/amt-login                      | 204 | 204 | |
            GET    /devices/{guid}/amt-certificate                | 200 | 200 | |
            DELETE /devices/{guid}/amt-certificate                | 204 | 204 | |
            DELETE /devices/disconnect/{guid}                     | 200 | 404 | |
            DELETE /amt/deactivate/{guid}                         | 200 | 404 | |
            DELETE /devices/{guid}?force=true                     | 204 | 204 | |
            """;

    private static final Set<String> LOSING =
            Set.of(
                    "DELETE /amt/deactivate/{guid}",
                    "PATCH /amt/networkSettings/wired/{guid}",
                    "PATCH /amt/tls/{guid}",
                    "POST /amt/network/linkPreference/{guid}",
                    "PUT /amt/remoteAccess/environment/{guid}");

    private static final Pattern COLUMNS = Pattern.compile(" *\\| *");

    /**
     * A route.
     *
     * @param method of HTTP
     * @param path below {@code /api/v1}, with variables
     * @param query with its question mark; may be empty
     * @param happy the status when all is well
     * @param offline the status when the device is offline
     * @param kept what of the answer is kept; empty for nothing
     * @param body JSON; empty for none
     */
    record Route(
            String method,
            String path,
            String query,
            int happy,
            int offline,
            String kept,
            String body) {
        /** Whether the device itself is asked. */
        boolean asks() {
            return path.startsWith("/amt/");
        }

        /** Whether it may take the network away, and its own answer: that is no failure. */
        boolean mayLoseItsAnswer() {
            return LOSING.contains(method + " " + path);
        }

        /** Whether the PC may be in the middle of a change of its power, and refuse another. */
        boolean changesPower() {
            return method.equals("POST") && path.startsWith("/amt/power/");
        }

        /** Its name in the API's description. */
        String name() {
            return method + " /api/v1" + path;
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private RouteTable() {}

    static List<Route> routes() {
        return TABLE.lines().map(RouteTable::route).toList();
    }

    private static Route route(String line) {
        String[] columns = COLUMNS.split(line, 5);
        String[] route = columns[0].split(" +", 2);
        int question = route[1].indexOf('?');
        return new Route(
                route[0],
                question < 0 ? route[1] : route[1].substring(0, question),
                question < 0 ? "" : route[1].substring(question),
                Integer.parseInt(columns[1]),
                Integer.parseInt(columns[2]),
                columns[3],
                columns[4]);
    }
}
