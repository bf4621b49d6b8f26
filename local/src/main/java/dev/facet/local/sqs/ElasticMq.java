package dev.facet.local.sqs;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.pattern.Patterns;
import org.elasticmq.StrictSQSLimits$;
import org.elasticmq.actor.QueueManagerActor;
import org.elasticmq.actor.queue.QueueEvent;
import org.elasticmq.persistence.sql.SqlQueuePersistenceActor;
import org.elasticmq.persistence.sql.SqlQueuePersistenceConfig;
import org.elasticmq.server.config.ElasticMQServerConfig;
import org.elasticmq.util.NowProvider;
import scala.Option;
import scala.util.Either;
import scalikejdbc.ConnectionPool$;
import scalikejdbc.ConnectionPoolSettings;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Starts ElasticMQ's queues without its REST server, which checks no signatures, and returns a
 * client that calls them within the process. Only {@link IsolatingClassLoader} loads this class.
 */
public final class ElasticMq implements Function<Config, SqsClient> {

  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

  /** Public, because {@link IsolatingClassLoader} loads this class into another runtime package. */
  public ElasticMq() {}

  /** Returns when all persisted messages are restored. */
  @Override
  public SqsClient apply(Config config) {
    NowProvider clock = new NowProvider();
    return new ElasticMqClient(() -> start(config, clock), clock);
  }

  private static ElasticMqQueues start(Config config, NowProvider clock) {
    ElasticMQServerConfig settings = new ElasticMQServerConfig(config);
    ActorSystem system = ActorSystem.create("elasticmq", config);
    ElasticMqQueues queues = null;
    try {
      connect(settings.sqlQueuePersistenceConfig());
      ActorRef store =
          system.actorOf(
              Props.create(
                  SqlQueuePersistenceActor.class,
                  settings.sqlQueuePersistenceConfig(),
                  settings.baseQueues()));
      ActorRef manager =
          system.actorOf(
              Props.create(
                  QueueManagerActor.class, clock, StrictSQSLimits$.MODULE$, Option.apply(store)));
      CompletableFuture<Void> storeEnded = ElasticMqQueues.end(system, store);
      restore(store, manager, storeEnded);
      queues = new ElasticMqQueues(system, manager, storeEnded);
      return queues;
    } finally {
      if (queues == null) {
        system.terminate();
      }
    }
  }

  /** Opens new connections in place of those of an earlier start, which ElasticMQ would keep. */
  private static void connect(SqlQueuePersistenceConfig database) {
    ConnectionPool$ pools = ConnectionPool$.MODULE$;
    String uri = database.uri();
    ConnectionPoolSettings settings = pools.singleton$default$4();
    pools.singleton(
        uri,
        database.username(),
        database.password(),
        settings,
        pools.singleton$default$5(uri, database.username(), database.password(), settings));
  }

  private static void restore(
      ActorRef store, ActorRef manager, CompletableFuture<Void> storeEnded) {
    try {
      CompletableFuture<Object> reply =
          Patterns.ask(store, new QueueEvent.Restore(manager), START_TIMEOUT).toCompletableFuture();
      CompletableFuture.anyOf(reply, storeEnded).join();
      if (!reply.isDone()) {
        throw new IllegalStateException("ElasticMQ can't use its database.");
      }
      Object restored = reply.join();
      if (restored instanceof Either<?, ?> either && either.isLeft()) {
        throw new IllegalStateException("ElasticMQ did not restore its queues: " + either);
      }
    } catch (CompletionException e) {
      throw new IllegalStateException("ElasticMQ did not restore its messages in time.", e);
    }
  }
}
