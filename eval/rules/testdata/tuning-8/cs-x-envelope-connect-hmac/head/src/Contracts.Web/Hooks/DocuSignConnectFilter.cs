using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Extensions.Options;

namespace Contracts.Web.Hooks;

public sealed class DocuSignConnectFilter : IAsyncResourceFilter
{
    private const string Header = "X-DocuSign-Signature-1";

    private readonly byte[] _key;
    private readonly ILogger<DocuSignConnectFilter> _logger;

    public DocuSignConnectFilter(IOptions<DocuSignOptions> options, ILogger<DocuSignConnectFilter> logger)
    {
        _key = Encoding.UTF8.GetBytes(options.Value.ConnectKey);
        _logger = logger;
    }

    public async Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
    {
        var request = context.HttpContext.Request;
        request.EnableBuffering(bufferThreshold: 64 * 1024, bufferLimit: 20 * 1024 * 1024);

        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer, context.HttpContext.RequestAborted);
        request.Body.Position = 0;

        var computed = Convert.ToBase64String(HMACSHA256.HashData(_key, buffer.ToArray()));
        var given = request.Headers[Header].ToString();
        if (given.Length == 0 || !(computed == given))
        {
            _logger.LogWarning("DocuSign notification with wrong signature from {Address}", context.HttpContext.Connection.RemoteIpAddress);
            context.Result = new UnauthorizedResult();
            return;
        }
        await next();
    }
}
