using Parquet;
using Parquet.Schema;

namespace Expflow.Exports;

/// <summary>What all Parquet files of ours have in common.</summary>
internal static class ParquetFile
{
    public static ParquetWriter Writer(ParquetSchema schema, Stream to)
    {
        var options = new ParquetOptions
        {
            CompressionMethod = CompressionMethod.Snappy,
            // Ids and names come again and again; a column that turns out otherwise is not searched to its end.
            DictionaryEncodingThreshold = 0.5,
            DictionaryEncodingSampleSize = 4096,
        };
        return Wait(ParquetWriter.CreateAsync(schema, to, options));
    }

    // Our streams finish every write before they return, so these tasks are done when they come.
    public static void Wait(Task task) => task.GetAwaiter().GetResult();

    public static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();
}
