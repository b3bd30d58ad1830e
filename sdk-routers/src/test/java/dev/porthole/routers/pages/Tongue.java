package dev.porthole.routers.pages;

/** A router's words in one language. */
public enum Tongue {
    ENGLISH(
            "Port Forwarding",
            "Service Name",
            "External Port",
            "Internal Port",
            "Server IP Address",
            "Protocol",
            "Enabled",
            "Add",
            "Save",
            "Delete",
            "Start Port",
            "End Port"),
    GERMAN(
            "Portfreigabe",
            "Bezeichnung",
            "Öffentlicher Port",
            "Interner Port",
            "IP-Adresse",
            "Protokoll",
            "Aktiv",
            "Hinzufügen",
            "Speichern",
            "Löschen",
            "Anfangsport",
            "Endport"),
    FRENCH(
            "Redirection de ports",
            "Nom",
            "Port externe",
            "Port interne",
            "Adresse IP",
            "Protocole",
            "Activer",
            "Ajouter",
            "Enregistrer",
            "Supprimer",
            "Port de début",
            "Port de fin"),
    SPANISH(
            "Redirección de puertos",
            "Nombre",
            "Puerto externo",
            "Puerto interno",
            "Dirección IP",
            "Protocolo",
            "Activado",
            "Añadir",
            "Guardar",
            "Eliminar",
            "Puerto inicial",
            "Puerto final"),
    ITALIAN(
            "Mappatura porte",
            "Nome servizio",
            "Porta esterna",
            "Porta interna",
            "Indirizzo IP",
            "Protocollo",
            "Abilitato",
            "Aggiungi",
            "Salva",
            "Elimina",
            "Porta iniziale",
            "Porta finale"),
    PORTUGUESE(
            "Redirecionamento de portas",
            "Nome",
            "Porta externa",
            "Porta interna",
            "Endereço IP",
            "Protocolo",
            "Ativado",
            "Adicionar",
            "Salvar",
            "Excluir",
            "Porta inicial",
            "Porta final"),
    DUTCH(
            "Poort doorsturen",
            "Omschrijving",
            "Externe poort",
            "Interne poort",
            "IP-adres",
            "Protocol",
            "Ingeschakeld",
            "Toevoegen",
            "Opslaan",
            "Verwijderen",
            "Startpoort",
            "Eindpoort"),
    POLISH(
            "Przekierowanie portów",
            "Nazwa",
            "Port zewnętrzny",
            "Port wewnętrzny",
            "Adres IP",
            "Protokół",
            "Włączony",
            "Dodaj",
            "Zapisz",
            "Usuń",
            "Port początkowy",
            "Port końcowy"),
    RUSSIAN(
            "Проброс портов",
            "Название",
            "Внешний порт",
            "Внутренний порт",
            "IP-адрес",
            "Протокол",
            "Включено",
            "Добавить",
            "Сохранить",
            "Удалить",
            "Начальный порт",
            "Конечный порт"),
    CHINESE("端口映射", "服务名称", "外部端口", "内部端口", "服务器IP地址", "协议", "启用", "添加", "保存", "删除", "起始端口", "结束端口"),
    TAIWANESE("虛擬伺服器", "服務名稱", "外部連接埠", "內部連接埠", "IP位址", "通訊協定", "啟用", "新增", "儲存", "刪除", "起始埠", "結束埠"),
    JAPANESE("ポート変換", "サービス名", "WAN側ポート", "LAN側ポート", "LAN側IPアドレス", "プロトコル", "有効", "新規追加", "設定", "削除", "開始ポート", "終了ポート");

    public final String title;
    public final String name;
    public final String external;
    public final String internal;
    public final String host;
    public final String protocol;
    public final String enabled;
    public final String add;
    public final String save;
    public final String delete;
    public final String start;
    public final String end;

    Tongue(String... words) {
        title = words[0];
        name = words[1];
        external = words[2];
        internal = words[3];
        host = words[4];
        protocol = words[5];
        enabled = words[6];
        add = words[7];
        save = words[8];
        delete = words[9];
        start = words[10];
        end = words[11];
    }
}
