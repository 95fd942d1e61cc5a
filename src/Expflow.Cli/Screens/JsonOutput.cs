using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Expflow.Cli.Screens;

/// <summary>Prints the JSON that <c>--json</c> asks for: indented, snake_case, one value.</summary>
internal static class JsonOutput
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Print(Terminal terminal, Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Options))
            write(json);
        terminal.Line(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length));
    }
}
