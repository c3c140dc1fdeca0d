package dev.coterie.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An answer of a language model on the page: stopped half-way, made again, asked otherwise. */
class StoppedAnswerIT {
    private static final BrowserIT.Round ENGLISH = BrowserIT.Round.ENGLISH;
    private static final String QUESTION = "which segment is the largest?";
    private static final String OTHER = "how big is segment 2?";

    private BrowserSession session;
    private SlowModel model;
    private ShopServer server;
    private Page page;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        session = BrowserSession.start();
        model = new SlowModel();
        server =
                ShopServer.start(
                        folder,
                        false,
                        Map.of(
                                "COTERIE_LLM_PROVIDER",
                                "openai",
                                "COTERIE_LLM_BASE_URL",
                                model.baseUrl(),
                                "COTERIE_LLM_MODEL",
                                "slow"));
        String project = server.segmented("Slow", "en", shop());
        page = session.open("en");
        page.navigate(server.address() + project + "/chat");
    }

    @AfterEach
    void stop() {
        if (session != null) session.close();
        if (server != null) server.close();
        if (model != null) model.close();
    }

    /** Two kinds of customers and no texts, so that the run takes a moment only. */
    private static Map<String, String> shop() {
        var csv = new StringBuilder("customer_id,age,city\n");
        for (int i = 0; i < 40; i++) {
            boolean first = i % 2 == 0;
            csv.append(100 + i).append(',').append((first ? 20 : 60) + i % 7);
            csv.append(first ? ",York\n" : ",Leeds\n");
        }
        return Map.of("customers.csv", csv.toString());
    }

    @Test
    void whatWasSaidStaysAndTheConversationGoesOn() {
        ask(QUESTION);
        Locator going = page.locator(".answer[aria-busy=true] .reading");
        assertSaid(going);
        page.reload();
        assertSaid(going);
        press("chat.stop");
        for (int look = 0; look < 2; look++) {
            assertSaid(answer());
            assertThat(page.locator(".answer")).containsText(ENGLISH.say("chat.stopped_by_you"));
            page.reload();
        }
        Awaitility.await("the model is hung up on")
                .atMost(Duration.ofSeconds(10))
                .until(() -> model.leftAlone() == 1);

        press("chat.continue");
        assertVersion(".answer-foot", "2/2");
        assertThat(answer())
                .hasText(
                        Pattern.compile(
                                "This segment has \\d+ customers\\. Altogether \\d+ customers are in it\\."));
        assertThat(page.locator(".answer")).not().containsText(stopped());
        press("chat.version_before");

        press("chat.regenerate");
        assertVersion(".answer-foot", "3/3");
        assertSaid(answer());
        assertThat(page.locator(".answer")).not().containsText(stopped());
        press("chat.version_before");
        press("chat.version_before");
        assertVersion(".answer-foot", "1/3");
        assertThat(page.locator(".answer")).containsText(stopped());
        assertSaid(answer());

        press("chat.edit");
        ask(OTHER);
        assertVersion(".question", "2/2");
        assertSaid(answer());
        assertThat(page.locator(".question p")).hasText(OTHER);
        press("chat.version_before");
        assertThat(page.locator(".question p")).hasText(QUESTION);
        assertThat(page.locator(".turn")).hasCount(1);
        sourcesStandBesideTheAnswerOrOverIt();
        session.assertQuiet();
    }

    private void sourcesStandBesideTheAnswerOrOverIt() {
        Locator panel = page.locator(".sources-panel");
        for (int width : new int[] {1440, 390}) {
            page.setViewportSize(width, 844);
            Locator source = page.locator(".source").first();
            source.click();
            assertThat(panel.locator(".figure-big")).hasText(Pattern.compile("\\d+"));
            assertThat(panel.locator("code").first()).isVisible();
            assertThat(page.locator(".sources-panel:modal")).hasCount(width < 1200 ? 1 : 0);
            session.assertAccessible("sources at " + width);
            page.reload();
            assertThat(panel.locator(".figure-big")).isVisible();
            page.keyboard().press("Escape");
            assertThat(panel).hasCount(0);
            source.click();
            page.keyboard().press("Escape");
            assertThat(panel).hasCount(0);
            assertThat(source).isFocused();
        }
    }

    private static String stopped() {
        return ENGLISH.say("chat.stopped_by_you");
    }

    private Locator answer() {
        return page.locator(".answer[aria-busy=false] .reading");
    }

    private void ask(String question) {
        page.locator("#ask").fill(question);
        page.locator("#ask").press("Enter");
    }

    private void press(String key) {
        page.getByRole(AriaRole.BUTTON, BrowserSession.exactly(ENGLISH.say(key))).first().click();
    }

    /** The model's sentence stands there with its figure. */
    private static void assertSaid(Locator reading) {
        assertThat(reading).hasText(Pattern.compile("This segment has \\d+ customers\\."));
        assertThat(reading.locator("button.figure")).hasText(Pattern.compile("\\d+"));
    }

    private void assertVersion(String where, String version) {
        assertThat(page.locator(where + " .versions")).hasText(Pattern.compile(version));
    }
}
