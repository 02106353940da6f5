package dev.gatecast.kafka;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.utils.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A look at the brokers' addresses. Kafka itself warns of one that cannot be looked up, for every client; here it is said
 * once. Where none can be looked up nothing is said, since no client can be made then and its failure says it.
 */
final class Bootstrap {
    private static final Logger LOG = LoggerFactory.getLogger(Bootstrap.class);

    private Bootstrap() {}

    /** @param servers {@code host:port,host:port} */
    static void warnOfUnknownHosts(String servers) {
        var all = Arrays.stream(servers.split(",", -1)).map(String::strip).toList();
        var unknown = all.stream().filter(Bootstrap::unknown).toList();
        if (!unknown.isEmpty() && unknown.size() < all.size()) {
            LOG.warn(
                    "bootstrap.servers: {} cannot be looked up; going on with {}",
                    text(unknown),
                    text(others(all, unknown)));
        }
    }

    private static List<String> others(List<String> all, List<String> unknown) {
        return all.stream().filter(address -> !unknown.contains(address)).toList();
    }

    private static String text(List<String> addresses) {
        return String.join(",", addresses);
    }

    private static boolean unknown(String address) {
        var host = Utils.getHost(address);
        try {
            return host != null && InetAddress.getAllByName(host).length == 0;
        } catch (UnknownHostException e) {
            return true;
        }
    }
}
