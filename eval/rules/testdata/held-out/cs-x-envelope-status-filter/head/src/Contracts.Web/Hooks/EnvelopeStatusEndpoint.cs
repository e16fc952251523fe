using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Contracts.Web.Hooks;

public static class EnvelopeStatusEndpoint
{
    private const int MaxBody = 2 * 1024 * 1024;

    public static void MapEnvelopeStatus(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/hooks/docusign", HandleAsync).AllowAnonymous();

    private static async Task<IResult> HandleAsync(
        HttpRequest request, IOptions<DocuSignOptions> options, IWebhookInbox inbox, CancellationToken ct)
    {
        if (request.ContentLength is null or > MaxBody)
        {
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        }
        using var buffer = new MemoryStream((int)request.ContentLength.Value);
        await request.Body.CopyToAsync(buffer, ct);
        var body = buffer.ToArray();

        if (!IsAuthentic(body, request.Headers["X-DocuSign-Signature-1"].ToString(), options.Value.ConnectKey))
        {
            return Results.Unauthorized();
        }
        await inbox.StoreOnceAsync("docusign", Convert.ToHexString(SHA256.HashData(body)), body, ct);
        return Results.Ok();
    }

    private static bool IsAuthentic(byte[] body, string header, string key)
    {
        var given = new byte[HMACSHA256.HashSizeInBytes];
        if (!Convert.TryFromBase64String(header, given, out var length) || length != given.Length)
        {
            return false;
        }
        return CryptographicOperations.FixedTimeEquals(given, HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), body));
    }
}
