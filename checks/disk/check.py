"""Fills the disk of a service and checks what it answers and keeps: check.py FACET FOLDER."""

import concurrent.futures
import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request

WRITERS = 8
LONGEST_ANSWER = 10
SHORT_OF_ROOM = 32 << 20
DIMENSIONS = 128


class Service:
    """A service on a folder, in a process of its own."""

    def __init__(self, facet, data, log):
        self.facet, self.data, self.log = facet, data, log
        with open(log, "w") as out:
            self.process = subprocess.Popen(
                [facet, "serve", "--port", "0", "--data", str(data), "--node-auth", "key"],
                stdout=out, stderr=subprocess.STDOUT, start_new_session=True)
        end = time.monotonic() + 120
        while "\nReady" not in log.read_text():
            if self.process.poll() is not None or time.monotonic() > end:
                raise SystemExit("the service did not start:\n" + log.read_text())
            time.sleep(0.2)
        self.credentials = json.loads((data / "credentials.json").read_text())

    def kill(self):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def post(self, operation, person):
        body = {"api_key": self.credentials["apiKey"], "features": {"type": "face", "embedding_vector": vector(person)}}
        request = urllib.request.Request(
            f"{self.credentials['endpoint']}/node/{operation}", json.dumps(body).encode(),
            {"content-type": "application/json"})
        begin = time.monotonic()
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                answer = response.status, json.load(response)
        except urllib.error.HTTPError as error:
            answer = error.code, json.load(error)
        check(time.monotonic() - begin < LONGEST_ANSWER, f"{operation} took {time.monotonic() - begin:.0f} s: {answer}")
        return answer

    def enrol(self, person):
        return self.post("plainEnroll", person)

    def knows(self, person):
        status, answer = self.post("plainPredict", person)
        check(status == 200, f"predict was answered {status} {answer}")
        return answer["status"] == 0

    def command(self, *arguments):
        return subprocess.run(
            [self.facet, *arguments, "--data", str(self.data)], capture_output=True, text=True, check=False)


class Disk:
    """A small file system, and a file that fills it."""

    def __init__(self, root):
        self.root, self.filler = root, root / "filler"

    def free_bytes(self):
        state = os.statvfs(self.root)
        return state.f_bavail * state.f_frsize

    def fill(self, free):
        with open(self.filler, "ab", buffering=0) as file:
            while (left := self.free_bytes() - free) > 0:
                try:
                    file.write(b"0" * min(left, 1 << 16))
                except OSError:
                    return

    def free(self):
        self.filler.unlink()


def vector(person):
    random_numbers = random.Random(person)
    return [random_numbers.gauss(0, 1) for _ in range(DIMENSIONS)]


def check(condition, message):
    if not condition:
        raise SystemExit("checks/disk: " + message)


def check_refused(data, answer):
    status, body = answer
    check(status == 500 and str(data) in body["message"] and "writes need 64 MB" in body["message"],
          f"an enrolment without room was answered {status} {body}")


def check_refusals(service, disk, known):
    disk.fill(SHORT_OF_ROOM)
    check_refused(service.data, service.enrol("refused"))
    check(service.knows(known), "a person was not recognised while writes were refused")
    command = service.command("keys", "create", "--customer", "c")
    check(command.returncode == 1 and "writes need 64 MB" in command.stderr and "\tat " not in command.stderr,
          f"a command without room printed {command.stderr}")
    disk.free()
    status, body = service.enrol("next")
    check(status == 200, f"after room was made, an enrolment was answered {status} {body}")


def enrol_until_refused(service, name):
    acknowledged = []
    while True:
        person = f"{name}-{len(acknowledged)}"
        status, _ = service.enrol(person)
        if status != 200:
            return acknowledged
        acknowledged.append(person)


def fill_while_enrolling(service, disk):
    with concurrent.futures.ThreadPoolExecutor(WRITERS) as pool:
        writers = [pool.submit(enrol_until_refused, service, f"writer-{i}") for i in range(WRITERS)]
        time.sleep(1)
        disk.fill(0)
        acknowledged = [person for writer in writers for person in writer.result()]
    check(service.knows("first"), "a person was not recognised on a full disk")
    disk.free()
    status, body = service.enrol("after")
    check(status == 200, f"after a full disk had room, an enrolment was answered {status} {body}")
    return acknowledged + ["after"]


def check_start_is_refused(service, disk):
    disk.fill(0)
    start = service.command("serve", "--port", "0")
    check(start.returncode == 1 and "\nfacet: " in start.stderr and "\tat " not in start.stderr,
          f"a start on a full disk printed {start.stderr}")


def main():
    facet, root = sys.argv[1], pathlib.Path(sys.argv[2])
    disk, data = Disk(root), root / "data"
    log = pathlib.Path(f"{root}.log")
    service = Service(facet, data, log)
    try:
        check(service.enrol("first")[0] == 200, "the first enrolment failed")
        check_refusals(service, disk, "first")
        acknowledged = ["first", "next"] + fill_while_enrolling(service, disk)
        service.kill()
        service = Service(facet, data, log)
        with concurrent.futures.ThreadPoolExecutor(WRITERS) as pool:
            known = list(pool.map(service.knows, acknowledged))
        lost = [person for person, found in zip(acknowledged, known) if not found]
        check(not lost, f"{len(lost)} of {len(acknowledged)} acknowledged enrolments were lost: {lost}")
        check(not service.knows("refused"), "a refused enrolment was stored")
        service.kill()
        disk.fill(SHORT_OF_ROOM)
        service = Service(facet, data, log)
        check(service.knows("first"), "a person was not recognised after a start without room for writes")
        check_refused(data, service.enrol("refused"))
        service.kill()
        check_start_is_refused(service, disk)
        print(f"checks/disk: {len(acknowledged)} acknowledged enrolments were found again")
    except SystemExit:
        print(log.read_text()[-4000:], file=sys.stderr)
        raise
    finally:
        service.kill()
        log.unlink()


if __name__ == "__main__":
    main()
