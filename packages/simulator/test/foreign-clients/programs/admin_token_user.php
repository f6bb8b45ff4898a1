<?php
// Signs in as the vendor's PHP sample does: with a stream context.

$context = stream_context_create(['http' => [
    'method' => 'POST',
    'header' => "Content-Type: application/json\r\nAccept: application/json",
    'content' => json_encode(['login' => getenv('USERNAME'), 'password' => getenv('PASSWORD')]),
    'ignore_errors' => true,
]]);
$answer = json_decode(file_get_contents(getenv('BASE_URL') . '/api/admin/v1/auth/token', false, $context), true);
if (isset($answer['errors'])) {
    echo json_encode($answer), "\n";
    exit(1);
}
echo json_encode(['login' => $answer['user']['login'], 'type' => $answer['token_type']]), "\n";
