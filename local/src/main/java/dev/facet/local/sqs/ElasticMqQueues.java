package dev.facet.local.sqs;

import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.AbstractActor;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.actor.Terminated;

/**
 * ElasticMQ's running queues. Only {@link IsolatingClassLoader} loads this class.
 *
 * @param system the actor system of the queues
 * @param manager finds the queues
 * @param storeEnded completes when the queues can store nothing any more, for example because the
 *     disk was full: they would go on in memory
 */
record ElasticMqQueues(ActorSystem system, ActorRef manager, CompletableFuture<Void> storeEnded) {

  /** Completes a future when another actor ends. */
  static final class Watch extends AbstractActor {
    private final ActorRef watched;
    private final CompletableFuture<Void> ended;

    Watch(ActorRef watched, CompletableFuture<Void> ended) {
      this.watched = watched;
      this.ended = ended;
    }

    @Override
    public void preStart() {
      getContext().watch(watched);
    }

    @Override
    public Receive createReceive() {
      return receiveBuilder().match(Terminated.class, end -> ended.complete(null)).build();
    }
  }

  /** Returns a future that completes when an actor ends. */
  static CompletableFuture<Void> end(ActorSystem system, ActorRef actor) {
    CompletableFuture<Void> ended = new CompletableFuture<>();
    system.actorOf(Props.create(Watch.class, () -> new Watch(actor, ended)));
    return ended;
  }

  boolean isStoring() {
    return !storeEnded.isDone();
  }

  /** Waits until the messages in progress are stored, and stops. */
  void stop() {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().join();
  }
}
