package dev.porthole.routers.pages;

import dev.porthole.routers.pages.PageServer.Guard;
import dev.porthole.routers.pages.TableRoutersTest.Simulated;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The simulated routers: each page shape that families of routers have, in their languages, behind their logins. */
public final class Routers {
    private static final String LINKSYS = "name# from# to# - ip# pro# enable#";
    private static final String DLINK = "name_# public_port_# - private_port_# ip_# protocol_# enabled_#";

    private Routers() {}

    static List<Simulated> all() {
        List<Simulated> all = new ArrayList<>();
        Charset utf8 = StandardCharsets.UTF_8;
        Charset latin = StandardCharsets.ISO_8859_1;
        add(
                all,
                "Linksys: last octet, range, ten slots",
                Guard.BASIC,
                latin,
                new SlotPages(
                        Tongue.ENGLISH,
                        10,
                        LINKSYS,
                        SlotPages.With.LAST_OCTET,
                        SlotPages.With.NO_INTERNAL,
                        SlotPages.With.RANGE,
                        SlotPages.With.SCRIPTED_SAVE,
                        SlotPages.With.ZEROS,
                        SlotPages.With.SHORT_NAMES));
        add(
                all,
                "D-Link: two rows a rule, words inside",
                Guard.FORM,
                utf8,
                new SlotPages(
                        Tongue.ENGLISH, 12, DLINK, SlotPages.With.TWO_ROWS, SlotPages.With.NUMBERS_FOR_PROTOCOLS));
        add(
                all,
                "slots under a grouped header",
                Guard.DIGEST,
                utf8,
                new SlotPages(
                        Tongue.ENGLISH,
                        8,
                        "svc[#].n svc[#].es svc[#].ee svc[#].i svc[#].ip svc[#].p svc[#].on",
                        SlotPages.With.GROUPED_HEADER,
                        SlotPages.With.RANGE));
        add(
                all,
                "array inputs, Portuguese",
                Guard.FORM,
                utf8,
                new SlotPages(
                        Tongue.PORTUGUESE,
                        6,
                        "comment[] remoteFromPort[] - localFromPort[] localIPaddr[] protocol[] -",
                        SlotPages.With.ARRAY));
        add(
                all,
                "two boxes for protocols, Japanese",
                Guard.BASIC,
                Charset.forName("Shift_JIS"),
                new SlotPages(Tongue.JAPANESE, 8, "nm# wp# - lp# ip# - en#", SlotPages.With.BOXES_FOR_PROTOCOLS));
        add(
                all,
                "a template row and a schedule, German",
                Guard.FORM,
                utf8,
                new SlotPages(
                        Tongue.GERMAN,
                        8,
                        "name# ext# - int# ip# proto# on#",
                        SlotPages.With.TEMPLATE_ROW,
                        SlotPages.With.EXTRA));
        add(
                all,
                "zeros for nothing, Chinese, GBK",
                Guard.FORM,
                Charset.forName("GBK"),
                new SlotPages(Tongue.CHINESE, 8, "a# b# - c# d# e# f#", SlotPages.With.ZEROS));
        add(
                all,
                "no header: fields speak",
                Guard.NONE,
                utf8,
                new SlotPages(
                        Tongue.ENGLISH,
                        8,
                        "serviceName# externalPort# - internalPort# internalIp# protocol# enable#",
                        SlotPages.With.NO_HEADER));
        add(
                all,
                "a list with links to delete",
                Guard.FORM,
                utf8,
                new ListPages(Tongue.ENGLISH, ListPages.With.DELETE_LINK));
        add(
                all,
                "boxes and a Delete button, entry page",
                Guard.BASIC,
                utf8,
                new ListPages(
                        Tongue.ENGLISH,
                        ListPages.With.DELETE_BOX,
                        ListPages.With.ENTRY_PAGE,
                        ListPages.With.SCRIPTED_BUTTONS));
        add(
                all,
                "radio buttons, Netgear, French",
                Guard.BASIC,
                latin,
                new ListPages(Tongue.FRENCH, ListPages.With.DELETE_RADIO, ListPages.With.ENTRY_PAGE));
        add(
                all,
                "image links by script, Spanish",
                Guard.FORM,
                utf8,
                new ListPages(Tongue.SPANISH, ListPages.With.DELETE_IMAGE, ListPages.With.ENABLED));
        add(
                all,
                "a form for each row, Italian",
                Guard.DIGEST,
                utf8,
                new ListPages(Tongue.ITALIAN, ListPages.With.DELETE_BUTTON, ListPages.With.RANGE));
        add(
                all,
                "entry in the last row, Dutch",
                Guard.FORM,
                utf8,
                new ListPages(Tongue.DUTCH, ListPages.With.ENTRY_ROW));
        add(
                all,
                "frames and nested tables, Polish",
                Guard.FORM,
                Charset.forName("ISO-8859-2"),
                new ListPages(Tongue.POLISH, ListPages.With.DELETE_LINK, ListPages.With.FRAMES, ListPages.With.NESTED));
        add(
                all,
                "blocks for a table, Russian",
                Guard.FORM,
                Charset.forName("windows-1251"),
                new ListPages(Tongue.RUSSIAN, ListPages.With.DELETE_LINK, ListPages.With.DIVS));
        add(
                all,
                "Chinese, one-time tokens",
                Guard.FORM,
                utf8,
                new ListPages(Tongue.CHINESE, ListPages.With.DELETE_BUTTON, ListPages.With.TOKEN));
        add(
                all,
                "Taiwanese, Big5, token in a header",
                Guard.BASIC,
                Charset.forName("Big5"),
                new ListPages(Tongue.TAIWANESE, ListPages.With.DELETE_LINK, ListPages.With.META_TOKEN));
        add(
                all,
                "Japanese, asks whether one is sure",
                Guard.FORM,
                utf8,
                new ListPages(Tongue.JAPANESE, ListPages.With.DELETE_BUTTON, ListPages.With.QUESTION));
        add(
                all,
                "German, saved by a step of its own",
                Guard.FORM,
                utf8,
                new ListPages(
                        Tongue.GERMAN, ListPages.With.DELETE_LINK, ListPages.With.APPLY, ListPages.With.ENTRY_PAGE));
        add(
                all,
                "no internal port",
                Guard.NONE,
                utf8,
                new ListPages(Tongue.ENGLISH, ListPages.With.DELETE_LINK, ListPages.With.NO_INTERNAL));
        add(
                all,
                "numbers for protocols",
                Guard.FORM,
                utf8,
                new ListPages(
                        Tongue.ENGLISH,
                        ListPages.With.DELETE_LINK,
                        ListPages.With.NUMBERS_FOR_PROTOCOLS,
                        ListPages.With.ENTRY_PAGE));
        add(
                all,
                "an address in four parts",
                Guard.BASIC,
                utf8,
                new ListPages(Tongue.ENGLISH, ListPages.With.DELETE_BOX, ListPages.With.FOUR_OCTETS));
        add(
                all,
                "a list in parts",
                Guard.FORM,
                utf8,
                new ListPages(Tongue.ENGLISH, ListPages.With.DELETE_LINK, ListPages.With.PARTS));
        add(
                all,
                "forms sent by GET, with a Referer",
                Guard.BASIC,
                utf8,
                new ListPages(
                        Tongue.ENGLISH, ListPages.With.DELETE_LINK, ListPages.With.GET, ListPages.With.NEEDS_REFERER));
        add(
                all,
                "multipart, refuses the same name twice",
                Guard.DIGEST,
                utf8,
                new ListPages(
                        Tongue.FRENCH,
                        ListPages.With.DELETE_LINK,
                        ListPages.With.MULTIPART,
                        ListPages.With.REFUSES_DUPLICATE_NAMES));
        add(all, "list and scripts in files of their own", Guard.BASIC, utf8, new ScriptedPages());
        return all;
    }

    private static void add(List<Simulated> all, String name, Guard guard, Charset charset, Pages pages) {
        all.add(new Simulated(name, pages, guard, charset));
    }
}
