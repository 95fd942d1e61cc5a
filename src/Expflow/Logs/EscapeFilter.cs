namespace Expflow.Logs;

/// <summary>Takes terminal escape sequences (ECMA-48) out of a stream of bytes and leaves every other byte as it is, UTF-8 or not.</summary>
/// <remarks>Sequences may be cut anywhere between two pieces: it remembers where it is. C1 controls of one byte are kept, since UTF-8 uses those bytes.</remarks>
public sealed class EscapeFilter
{
    private const byte Escape = 0x1b;
    private const byte Bell = 0x07;

    private enum Place
    {
        Text,
        Escape,
        Intermediate,
        Control,
        String,
        StringEscape,
    }

    private Place place;

    /// <summary>Moves what is no escape sequence to the front.</summary>
    /// <param name="bytes">The next piece of the stream; its beginning is overwritten.</param>
    /// <returns>How many bytes are left.</returns>
    public int Filter(Span<byte> bytes)
    {
        var kept = 0;
        foreach (var next in bytes)
            if (Keeps(next))
                bytes[kept++] = next;
        return kept;
    }

    private bool Keeps(byte next)
    {
        switch (place)
        {
            case Place.Text when next != Escape:
                return true;
            // A program that died in the middle of a sequence must not take the next line with it.
            case not Place.Text when next == '\n':
                place = Place.Text;
                return true;
            case Place.Text:
                place = Place.Escape;
                return false;
            default:
                place = After(next);
                return false;
        }
    }

    private Place After(byte next) =>
        place switch
        {
            _ when next == Escape && place is not (Place.String or Place.StringEscape) => Place.Escape,
            Place.Escape => next switch
            {
                (byte)'[' => Place.Control,
                (byte)']' or (byte)'P' or (byte)'X' or (byte)'^' or (byte)'_' => Place.String,
                >= 0x20 and <= 0x2f => Place.Intermediate,
                _ => Place.Text,
            },
            Place.Intermediate => next is >= 0x30 and <= 0x7e ? Place.Text : Place.Intermediate,
            Place.Control => next is >= 0x40 and <= 0x7e ? Place.Text : Place.Control,
            Place.String when next == Bell => Place.Text,
            Place.String or Place.StringEscape when next == Escape => Place.StringEscape,
            Place.StringEscape when next == '\\' => Place.Text,
            _ => Place.String,
        };
}
