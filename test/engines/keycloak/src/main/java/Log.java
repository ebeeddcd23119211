import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Keeps the last warning: Keycloak tells the client "invalid request" where the log says why. */
final class Log extends Handler {
    private final SimpleFormatter formatter = new SimpleFormatter();
    private String lastWarning = "";

    /** Takes the place of everything that logs. */
    static Log install() {
        Log log = new Log();
        LogManager.getLogManager().reset();
        Logger root = Logger.getLogger("");
        root.setLevel(Level.WARNING);
        root.addHandler(log);
        return log;
    }

    void clear() {
        lastWarning = "";
    }

    String lastWarning() {
        return lastWarning;
    }

    @Override
    public void publish(LogRecord written) {
        lastWarning = formatter.formatMessage(written);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
