using System.Runtime.CompilerServices;

namespace VectorQuantization.Quantisers.Product;

/// <summary>Sums over tables of 256 floats, one for each byte of a code.</summary>
internal static unsafe class TableScan
{
    /// <summary>Sums up, four codes at a time, so that their looks into the tables overlap.</summary>
    /// <param name="codes">Whole codes.</param>
    /// <param name="stride">Bytes from one code to the next.</param>
    /// <param name="bytes">Of a code, from its start, that have a table.</param>
    /// <param name="tables">256 floats a byte.</param>
    /// <param name="sums">One a code; overwritten.</param>
    /// <param name="count">Codes.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Sum(byte* codes, int stride, int bytes, float* tables, float* sums, int count)
    {
        var i = 0;
        for (; i <= count - 4; i += 4)
        {
            var c0 = codes + ((nint)i * stride);
            var c1 = c0 + stride;
            var c2 = c1 + stride;
            var c3 = c2 + stride;
            float s0 = 0,
                s1 = 0,
                s2 = 0,
                s3 = 0;
            var table = tables;
            for (nint b = 0; b < bytes; b++, table += 256)
            {
                s0 += table[c0[b]];
                s1 += table[c1[b]];
                s2 += table[c2[b]];
                s3 += table[c3[b]];
            }
            sums[i] = s0;
            sums[i + 1] = s1;
            sums[i + 2] = s2;
            sums[i + 3] = s3;
        }
        for (; i < count; i++)
        {
            var sum = 0f;
            for (nint b = 0; b < bytes; b++)
                sum += tables[(b * 256) + codes[((nint)i * stride) + b]];
            sums[i] = sum;
        }
    }
}
