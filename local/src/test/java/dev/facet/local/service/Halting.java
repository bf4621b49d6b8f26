package dev.facet.local.service;

import dev.facet.core.jobs.JobCodec;
import dev.facet.local.chaos.Chaos;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/**
 * Ends the process, as SIGKILL would, at the n-th of the steps that change what the disk holds:
 * before the first and after each write to a table, each message sent, received and deleted.
 * Between two such steps a process reads at most, and a kill there finds the disk as the first of
 * them left it. Says every step.
 */
final class Halting implements Chaos {

  private final int last;
  private int steps;
  private volatile boolean sent;
  private volatile boolean finished;

  /**
   * @param last the number of the step that is not survived, from 1 on; 0 for none
   */
  Halting(int last) {
    this.last = last;
  }

  /** Whether a message has been sent. */
  boolean hasSent() {
    return sent;
  }

  /** Whether a message has been deleted. */
  boolean isFinished() {
    return finished;
  }

  @Override
  public SdkResponse around(SdkRequest request, Supplier<SdkResponse> call) {
    if (request instanceof ReceiveMessageRequest) {
      return received(call);
    }
    if (!writes(request)) {
      return call.get();
    }
    String name = request.getClass().getSimpleName().replace("Request", "");
    stepBeforeAll(name);
    if (request instanceof SendMessageRequest send) {
      System.out.println("job " + JobCodec.id(send.messageBody()).text());
      sent = true;
    }
    SdkResponse answer = call.get();
    step("after " + name);
    if (request instanceof DeleteMessageRequest) {
      finished = true;
    }
    return answer;
  }

  private SdkResponse received(Supplier<SdkResponse> call) {
    SdkResponse answer = call.get();
    if (answer instanceof ReceiveMessageResponse received && !received.messages().isEmpty()) {
      step("after ReceiveMessage");
    }
    return answer;
  }

  private static boolean writes(SdkRequest request) {
    return switch (request) {
      case GetItemRequest _, QueryRequest _ -> false;
      case DynamoDbRequest _, SendMessageRequest _, DeleteMessageRequest _ -> true;
      default -> false;
    };
  }

  private synchronized void stepBeforeAll(String first) {
    if (steps == 0) {
      step("before " + first);
    }
  }

  private synchronized void step(String what) {
    System.out.println(what);
    if (++steps == last) {
      System.out.flush();
      Runtime.getRuntime().halt(CrashAtEveryStepIT.KILLED);
    }
  }
}
