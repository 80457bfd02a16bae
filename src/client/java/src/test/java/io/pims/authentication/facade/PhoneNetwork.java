package io.pims.authentication.facade;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.SocketFactory;
import okhttp3.OkHttpClient;

/** The network that a phone is in, and loses: its sockets are closed then, as Android closes them. */
final class PhoneNetwork extends SocketFactory {

    private final List<Socket> sockets = new ArrayList<>();
    private InetAddress address;
    private int refused;

    PhoneNetwork(InetAddress address) {
        this.address = address;
    }

    /** The first and, where the machine has one, another address of this host. */
    static List<InetAddress> addresses() throws IOException {
        InetAddress first = InetAddress.getByName("127.0.0.1");
        InetAddress second = InetAddress.getByName("127.0.0.2");
        try (Socket probe = new Socket()) {
            probe.bind(new InetSocketAddress(second, 0));
            return List.of(first, second);
        } catch (IOException only) {
            return List.of(first, first);
        }
    }

    OkHttpClient client() {
        return new OkHttpClient.Builder().socketFactory(this).build();
    }

    synchronized void lose() throws IOException {
        address = null;
        for (Socket socket : sockets) {
            socket.close();
        }
        sockets.clear();
    }

    synchronized void join(InetAddress other) {
        address = other;
    }

    /** Waits until somebody has tried in vain. */
    void awaitRefusals(int times) {
        await().atMost(Duration.ofSeconds(20)).until(() -> refusals() >= times);
    }

    private synchronized int refusals() {
        return refused;
    }

    @Override
    public synchronized Socket createSocket() throws IOException {
        if (address == null) {
            refused++;
            throw new ConnectException("Network is unreachable");
        }
        Socket socket = new Socket();
        socket.bind(new InetSocketAddress(address, 0));
        sockets.add(socket);
        return socket;
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
        throw new UnsupportedOperationException();
    }
}
