package dev.coterie.run;

import dev.coterie.store.Database;
import dev.coterie.store.Transaction;
import java.time.Duration;
import java.util.List;

/**
 * What jobs and answers said, in order, kept in the ledger: a reader that lost its connection, or
 * outlived a restart, goes on after the last number it has.
 */
public final class EventLog {
    private final Database database;
    private final Object news = new Object();

    EventLog(Database database) {
        this.database = database;
    }

    /** Adds an event in a transaction of its own and wakes the readers. */
    public long append(String owner, String type, String data) {
        long number = database.write(t -> append(t, owner, type, data));
        wake();
        return number;
    }

    /** Adds an event to a transaction; call {@link #wake} once it is committed. */
    long append(Transaction t, String owner, String type, String data) {
        long number =
                t.count(
                        "select coalesce(max(number), 0) + 1 as n from event where owner = ?",
                        owner);
        t.change(
                "insert into event (owner, number, type, data) values (?, ?, ?, ?)",
                owner,
                number,
                type,
                data);
        return number;
    }

    void wake() {
        synchronized (news) {
            news.notifyAll();
        }
    }

    public List<Event> after(String owner, long number) {
        return database.read(t -> after(t, owner, number));
    }

    static List<Event> after(Transaction t, String owner, long number) {
        return t.list(
                "select number, type, data from event where owner = ? and number > ? order by"
                        + " number limit 1000",
                Event::of,
                owner,
                number);
    }

    /**
     * As {@link #after}, but waits for the first one.
     *
     * @return empty if there was none within the time
     */
    public List<Event> await(String owner, long number, Duration longest)
            throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        while (true) {
            // The look is inside the lock, so that no event is missed between look and wait.
            synchronized (news) {
                List<Event> found = after(owner, number);
                long left = (end - System.nanoTime()) / 1_000_000;
                if (!found.isEmpty() || left <= 0) return found;
                news.wait(left);
            }
        }
    }
}
