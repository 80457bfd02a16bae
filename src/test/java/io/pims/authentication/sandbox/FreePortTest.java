package io.pims.authentication.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FreePortTest {

    private static final int A_SLICE = 100;

    @Test
    void a_port_is_not_given_again_while_who_has_it_has_not_begun_to_listen() {
        Set<Integer> given = new HashSet<>();
        for (int each = 0; each < A_SLICE / 2; each++) {
            assertThat(given.add(FreePort.find())).isTrue();
        }
    }

    /** As another process: what a class keeps, it keeps for its class loader. */
    @Test
    void nobody_else_is_given_the_same_one() throws Exception {
        Set<Integer> ours = new HashSet<>();
        Set<Integer> theirs = new HashSet<>();
        URL classes = FreePort.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader another = new URLClassLoader(new URL[] {classes}, null)) {
            Method find = another.loadClass(FreePort.class.getName()).getMethod("find");
            for (int each = 0; each < A_SLICE; each++) {
                ours.add(FreePort.find());
                theirs.add((Integer) find.invoke(null));
            }
        }

        assertThat(theirs).isNotEmpty().doesNotContainAnyElementsOf(ours);
    }

    @Test
    void where_somebody_listens_is_left_out() throws IOException {
        int given = FreePort.find();
        try (ServerSocket listener = new ServerSocket(given, 1, InetAddress.getLoopbackAddress())) {
            for (int each = 0; each < A_SLICE; each++) {
                assertThat(FreePort.find()).isNotEqualTo(listener.getLocalPort());
            }
        }
    }
}
