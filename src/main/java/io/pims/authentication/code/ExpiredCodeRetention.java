package io.pims.authentication.code;

import io.pims.authentication.database.KeysetSweep;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Deletes codes that expired long ago, spent or not. There are at most as many rows as users and types. */
@ApplicationScoped
class ExpiredCodeRetention {

    private static final Logger LOG = Logger.getLogger(ExpiredCodeRetention.class);

    private final KeysetSweep sweep;
    private final CodeConfig config;

    ExpiredCodeRetention(KeysetSweep sweep, CodeConfig config) {
        this.sweep = sweep;
        this.config = config;
    }

    @Scheduled(every = "1h", delayed = "4m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> delete() {
        return sweep.run(CodeTable.SWEEP, after(new SmsCode.Key("", "")), last -> after(CodeTable.key(last)))
                .invoke(gone -> LOG.infof("Retention took %d expired codes", gone))
                .replaceWithVoid();
    }

    private Tuple after(SmsCode.Key key) {
        return Tuple.of(key.userId(), key.type(), (double) config.retention().toSeconds());
    }
}
