using System.Text;

namespace VectorQuantization.Formats.Hdf5;

/// <summary>Names in a group, with the places of what they name.</summary>
internal static class Hdf5Group
{
    private const int MostNames = 100_000;
    private const int MostLevels = 16;
    private const int SymbolBytes = 40;

    /// <summary>The group's links; empty for what is no group.</summary>
    public static Dictionary<string, long> Links(ByteRegion bytes, List<Hdf5Message> header)
    {
        var links = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var message in header)
        {
            if (message.Type == Hdf5Message.SymbolTable)
                FromTable(bytes, message, links);
            else if (message.Type == Hdf5Message.Link)
                FromLink(bytes, message, links);
            else if (message.Type == Hdf5Message.LinkInfo)
                RequireNoHeap(bytes, message);
        }
        return links;
    }

    private static void FromTable(ByteRegion bytes, Hdf5Message message, Dictionary<string, long> links)
    {
        var heap = bytes.Int64(message.Offset + 8);
        Hdf5Damage.Require(bytes.Span(heap, 4).SequenceEqual("HEAP"u8), "a group's names are missing");
        FromTree(bytes, bytes.Int64(message.Offset), bytes.Int64(heap + 24), links, MostLevels);
    }

    private static void FromTree(ByteRegion bytes, long node, long names, Dictionary<string, long> links, int levels)
    {
        if (bytes.Span(node, 4).SequenceEqual("SNOD"u8))
        {
            FromSymbols(bytes, node, names, links);
            return;
        }
        Hdf5Damage.Require(levels > 0 && bytes.Span(node, 4).SequenceEqual("TREE"u8), "a group's tree has no end");
        var entries = Hdf5Bytes.Unsigned(bytes.Span(node + 6, 2));
        for (var i = 0; i < entries; i++)
            FromTree(bytes, bytes.Int64(node + 24 + 8 + (16L * i)), names, links, levels - 1);
    }

    private static void FromSymbols(ByteRegion bytes, long node, long names, Dictionary<string, long> links)
    {
        var count = Hdf5Bytes.Unsigned(bytes.Span(node + 6, 2));
        for (var i = 0; i < count; i++)
        {
            var symbol = node + 8 + ((long)SymbolBytes * i);
            Hdf5Damage.Require(links.Count < MostNames, "a group has no end");
            links[Name(bytes, names + bytes.Int64(symbol))] = bytes.Int64(symbol + 8);
        }
    }

    private static void FromLink(ByteRegion bytes, Hdf5Message message, Dictionary<string, long> links)
    {
        var flags = bytes.Span(message.Offset + 1, 1)[0];
        var at = message.Offset + 2;
        var type = (flags & 8) != 0 ? bytes.Span(at++, 1)[0] : 0;
        at += ((flags & 4) != 0 ? 8 : 0) + ((flags & 16) != 0 ? 1 : 0);
        var width = 1 << (flags & 3);
        var length = checked((int)Hdf5Bytes.Unsigned(bytes.Span(at, width)));
        var name = Encoding.UTF8.GetString(bytes.Span(at + width, length));
        // 0: a hard link. Others lead to other files or other names.
        if (type == 0)
            links[name] = bytes.Int64(at + width + length);
    }

    private static void RequireNoHeap(ByteRegion bytes, Hdf5Message message)
    {
        var flags = bytes.Span(message.Offset + 1, 1)[0];
        if (bytes.Int64(message.Offset + 2 + ((flags & 1) != 0 ? 8 : 0)) != Hdf5Bytes.Undefined)
            throw Hdf5Damage.Unknown("a group of more than 8 names in the newest way of HDF5 (libver='latest')");
    }

    private static string Name(ByteRegion bytes, long at)
    {
        var room = bytes.Span(at, (int)Math.Min(1024, bytes.Length - at));
        var end = room.IndexOf((byte)0);
        Hdf5Damage.Require(end >= 0, "a name has no end");
        return Encoding.UTF8.GetString(room[..end]);
    }
}
