package io.pims.authentication;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** The entry point; sets what must be set before Quarkus starts. */
@QuarkusMain
public class Main {

    /** Runs the service until it is told to end. */
    public static void main(String... arguments) {
        // Netty looks for extensions once, before the first connection of any kind.
        System.setProperty(ChannelInitializerExtension.EXTENSIONS_SYSTEM_PROPERTY, "serviceload");
        SettingsLog.shut();
        Quarkus.run(arguments);
    }
}
