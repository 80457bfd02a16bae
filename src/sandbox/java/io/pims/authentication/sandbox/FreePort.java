package io.pims.authentication.sandbox;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Free ports on the loopback address, from below the range that systems give to outgoing connections: the sandbox closes
 * its listeners on purpose, and in that range somebody's outgoing connection could take the port meanwhile, or even
 * connect to itself (TCP simultaneous open) where a refusal is expected.
 *
 * <p>Whoever is given a port may listen there seconds later. So each process has a slice of the range to itself, and goes
 * round in it.
 */
public final class FreePort {

    private static final int LOWEST = 20_000;
    private static final int SLICES = 120;
    private static final int PORTS = 100;

    /** Bound to the first port of the slice, by UDP, for as long as the process runs: nobody else has the slice. */
    private static final DatagramSocket SLICE = slice();

    private static int next;

    private FreePort() {}

    private static DatagramSocket slice() {
        int first = ThreadLocalRandom.current().nextInt(SLICES);
        for (int tries = 0; tries < SLICES; tries++) {
            int port = LOWEST + (first + tries) % SLICES * PORTS;
            try {
                return new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            } catch (SocketException taken) {
                continue;
            }
        }
        throw new IllegalStateException("Too many processes want ports from " + LOWEST + " on");
    }

    /** Returns one where nobody listens. It is given again after a hundred others. */
    public static synchronized int find() {
        for (int tries = 0; tries < PORTS; tries++) {
            int port = SLICE.getLocalPort() + next++ % PORTS;
            try (ServerSocket socket = new ServerSocket()) {
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                return port;
            } catch (IOException taken) {
                continue;
            }
        }
        throw new IllegalStateException("No free port from " + SLICE.getLocalPort() + " on");
    }
}
