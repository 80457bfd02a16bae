package io.pims.authentication.replica;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;

/** A connection that sends what no HTTP client would. */
final class RawConnection implements AutoCloseable {

    private static final int LONGEST_SILENCE_MS = 30_000;

    private final Socket socket;

    RawConnection(URI server) throws IOException {
        socket = new Socket(server.getHost(), server.getPort());
        socket.setSoTimeout(LONGEST_SILENCE_MS);
        socket.setTcpNoDelay(true);
    }

    /** One request on a connection of its own, which the server is told to close. */
    static String exchange(URI server, String request) throws IOException {
        try (RawConnection connection = new RawConnection(server)) {
            return connection.send(request).readToEnd();
        }
    }

    RawConnection send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
        return this;
    }

    /** All that comes until the server closes the connection. */
    String readToEnd() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }

    /** So many bytes of an answer, or less if the server closes the connection before. */
    String read(int length) throws IOException {
        return new String(socket.getInputStream().readNBytes(length), ISO_8859_1);
    }

    /** Whether the server has closed it, told by one more byte of the request. */
    boolean isClosedAfter(String more) throws IOException {
        try {
            send(more);
            socket.setSoTimeout(1);
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (SocketException reset) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
