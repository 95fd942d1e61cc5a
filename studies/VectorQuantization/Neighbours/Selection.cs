namespace VectorQuantization.Neighbours;

/// <summary>Finds the value that would stand at a place if all were sorted.</summary>
internal static class Selection
{
    /// <summary>Quickselect with the median of three; reorders <paramref name="values"/>, which hold no NaN.</summary>
    public static double Smallest(Span<double> values, int place)
    {
        var (first, last) = (0, values.Length - 1);
        while (last - first > 16)
        {
            var pivot = Median(values[first], values[(first + last) / 2], values[last]);
            var (i, j) = (first, last);
            while (i <= j)
            {
                while (values[i] < pivot)
                    i++;
                while (values[j] > pivot)
                    j--;
                if (i > j)
                    break;
                (values[i], values[j]) = (values[j], values[i]);
                i++;
                j--;
            }
            if (place <= j)
                last = j;
            else if (place >= i)
                first = i;
            else
                return pivot;
        }
        values[first..(last + 1)].Sort();
        return values[place];
    }

    private static double Median(double a, double b, double c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
