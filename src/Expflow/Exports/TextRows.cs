using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Expflow.Tables;

namespace Expflow.Exports;

/// <summary>Metric rows as CSV or JSON lines. What rows have in common is encoded once for each run.</summary>
internal sealed class TextRows
{
    /// <summary>The header line of the CSV file.</summary>
    public const string CsvHeader = "run_id,attempt,step,metric,value\n";

    // Step and value together never take more than this.
    private const int LongestNumbers = 64;
    private const int Piece = 256 << 10;
    private readonly bool csv;
    private readonly byte[] run;
    private readonly byte[][] metrics;

    private TextRows(RunRows rows, bool csv)
    {
        this.csv = csv;
        run = Encoding.UTF8.GetBytes(
            csv ? CsvText.Cell(rows.RunId) + "," : $"{{\"run_id\":{Json(rows.RunId)},\"attempt\":"
        );
        metrics = new byte[rows.Names.Count][];
        for (var i = 0; i < metrics.Length; i++)
            metrics[i] = Encoding.UTF8.GetBytes(
                csv ? $",{CsvText.Cell(rows.Names[i])}," : $",\"metric\":{Json(rows.Names[i])},\"value\":"
            );
    }

    /// <summary>Writes all rows of a run in pieces of about 256 KB; the taker gives the arrays back to the shared pool.</summary>
    public static void Write(RunRows rows, bool csv, Action<ArraySegment<byte>> emit)
    {
        var text = new TextRows(rows, csv);
        var longest = text.run.Length + LongestNumbers + 32 + text.metrics.Append([]).Max(name => name.Length);
        var (buffer, at) = (ArrayPool<byte>.Shared.Rent(Math.Max(Piece, longest)), 0);
        for (var row = 0; row < rows.Count; row++)
        {
            if (buffer.Length - at < longest)
            {
                emit(new(buffer, 0, at));
                (buffer, at) = (ArrayPool<byte>.Shared.Rent(Math.Max(Piece, longest)), 0);
            }
            at += text.Write(in rows[row], buffer.AsSpan(at));
        }
        emit(new(buffer, 0, at));
    }

    private int Write(in RunRow row, Span<byte> to)
    {
        var at = Copy(run, to, 0);
        Utf8Formatter.TryFormat(row.Attempt, to[at..], out var written);
        at = csv ? Copy(","u8, to, at + written) : Copy(",\"step\":"u8, to, at + written);
        Utf8Formatter.TryFormat(row.Step, to[at..], out written);
        at = Copy(metrics[row.Metric], to, at + written);
        var quoted = !csv && !double.IsFinite(row.Value);
        if (quoted)
            to[at++] = (byte)'"';
        at += NumberText.Write(row.Value, to[at..]);
        if (quoted)
            to[at++] = (byte)'"';
        return csv ? Copy("\n"u8, to, at) : Copy("}\n"u8, to, at);
    }

    private static int Copy(ReadOnlySpan<byte> from, Span<byte> to, int at)
    {
        from.CopyTo(to[at..]);
        return at + from.Length;
    }

    private static string Json(string text) =>
        $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
