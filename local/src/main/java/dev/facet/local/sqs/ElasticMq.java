package dev.facet.local.sqs;

import com.typesafe.config.Config;
import java.time.Duration;
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
import org.elasticmq.server.config.ElasticMQServerConfig;
import org.elasticmq.util.NowProvider;
import scala.Option;
import scala.util.Either;
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
    ElasticMQServerConfig settings = new ElasticMQServerConfig(config);
    ActorSystem system = ActorSystem.create("elasticmq", config);
    NowProvider clock = new NowProvider();
    ElasticMqClient client = null;
    try {
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
      restore(store, manager);
      client = new ElasticMqClient(system, manager, clock);
      return client;
    } finally {
      if (client == null) {
        system.terminate();
      }
    }
  }

  private static void restore(ActorRef store, ActorRef manager) {
    try {
      Object restored =
          Patterns.ask(store, new QueueEvent.Restore(manager), START_TIMEOUT)
              .toCompletableFuture()
              .join();
      if (restored instanceof Either<?, ?> either && either.isLeft()) {
        throw new IllegalStateException("ElasticMQ did not restore its queues: " + either);
      }
    } catch (CompletionException e) {
      throw new IllegalStateException("ElasticMQ did not restore its messages in time.", e);
    }
  }
}
